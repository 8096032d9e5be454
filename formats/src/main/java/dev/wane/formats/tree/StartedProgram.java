package dev.wane.formats.tree;

import java.util.regex.Pattern;

/** What a script's command starts. */
public final class StartedProgram {
    private static final Pattern TRAINS = Pattern.compile("(?i)train|tune|sft|dpo|grpo|ppo|rlhf");
    private static final Pattern OTHER = Pattern.compile(
            "(?i)generat|inference|infer_|eval|preprocess|server|tokeniz|convert|export|prune|quantiz|ptq");

    private StartedProgram() {}

    /**
     * Whether it may train: its name does not say that it evaluates, generates, converts or prepares data.
     *
     * @param command its words before the first argument, the script last
     */
    public static boolean mayTrain(String command) {
        String last = command.substring(command.lastIndexOf(' ') + 1);
        String name = last.substring(last.lastIndexOf('/') + 1);
        return !name.endsWith(".py")
                || TRAINS.matcher(name).find()
                || !OTHER.matcher(name).find();
    }
}
