package dev.wane.formats.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program of the user's own that trains once for each call.
 *
 * @param command program and arguments
 * @param shell whether a shell runs the words, joined by spaces, with placeholders quoted
 * @param environment variables beside those that Wane itself has
 * @param metric where the figure is found that is judged
 * @param samples training samples of an epoch
 * @param workers trials at once, ≥ 1
 * @param timeout after which a trial is ended
 * @param folder in which the program is started
 * @param inputs files whose contents decide the result: another content is another trial
 * @param resume whether the program finds what an interrupted attempt left in its folder
 */
public record CommandTaskSpec(
        List<Template> command,
        boolean shell,
        Map<String, Template> environment,
        MetricSource metric,
        int samples,
        int workers,
        Duration timeout,
        Path folder,
        List<Path> inputs,
        boolean resume)
        implements TaskSpec {

    public CommandTaskSpec {
        command = List.copyOf(command);
        environment = new LinkedHashMap<>(environment);
        inputs = List.copyOf(inputs);
    }

    /** Every placeholder of the command and of the environment. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        command.forEach(word -> names.addAll(word.placeholders()));
        environment.values().forEach(value -> names.addAll(value.placeholders()));
        return names;
    }
}
