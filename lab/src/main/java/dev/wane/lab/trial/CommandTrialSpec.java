package dev.wane.lab.trial;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A trial that a program of the user's own trains. Where it runs, in which folder, for how long and beside how many others
 * is no part of it.
 *
 * @param schema version of this shape
 * @param command program and arguments, with placeholders
 * @param shell whether a shell runs them
 * @param environment variables, with placeholders
 * @param inputs SHA-256 of the files that decide the result, by name
 * @param metric where the figure is found, as text
 * @param values of the placeholders that occur and that decide the result
 * @param batchSize samples of a step
 * @param steps of the whole trial
 */
public record CommandTrialSpec(
        int schema,
        List<String> command,
        boolean shell,
        Map<String, String> environment,
        Map<String, String> inputs,
        String metric,
        Map<String, String> values,
        int batchSize,
        long steps)
        implements TrialSpec {
    /** The version of the shape written by this code. */
    public static final int SCHEMA = 1;

    public CommandTrialSpec {
        command = List.copyOf(command);
        environment = new TreeMap<>(environment);
        inputs = new TreeMap<>(inputs);
        values = new TreeMap<>(values);
    }
}
