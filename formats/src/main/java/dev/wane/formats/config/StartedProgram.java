package dev.wane.formats.config;

import java.util.regex.Pattern;

/** What a script starts. */
final class StartedProgram {
    private static final Pattern TRAINS = Pattern.compile("(?i)train|tune|sft|dpo|grpo|ppo|rlhf");
    private static final Pattern OTHER = Pattern.compile(
            "(?i)generat|inference|infer_|evaluat|eval_|preprocess|server|tokeniz|convert|export|prune|quantiz|ptq");

    private StartedProgram() {}

    /** False where its name says that it evaluates, generates, converts or prepares data. */
    static boolean mayTrain(Lookup root) {
        String started = root.textOr("", "$command");
        String last = started.substring(started.lastIndexOf(' ') + 1);
        String name = last.substring(last.lastIndexOf('/') + 1);
        return !name.endsWith(".py")
                || TRAINS.matcher(name).find()
                || !OTHER.matcher(name).find();
    }
}
