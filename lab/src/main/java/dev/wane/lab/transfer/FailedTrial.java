package dev.wane.lab.transfer;

import dev.wane.lab.trial.CommandTrialSpec;
import dev.wane.lab.trial.TrialFailure;
import dev.wane.lab.trial.TrialSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A trial that ended without a figure.
 *
 * @param trial its SHA-256
 * @param values what it was started with
 * @param reason in one line
 * @param tail the last lines of what it wrote, may be empty
 */
public record FailedTrial(String trial, Map<String, String> values, String reason, String tail) {
    private static final int NAME_LENGTH = 12;
    private static final List<String> TOLD = List.of("batchSize", "learningRate", "weightDecay", "seed");

    public FailedTrial {
        values = new TreeMap<>(values);
    }

    static FailedTrial of(TrialSpec spec, TrialFailure failure) {
        Map<String, String> values = spec instanceof CommandTrialSpec command ? command.values() : Map.of();
        return new FailedTrial(spec.id(), values, String.valueOf(failure.getMessage()), failure.tail());
    }

    /** Which trial, how it ended and the last line it wrote. */
    public String sentence() {
        String settings = TOLD.stream()
                .filter(values::containsKey)
                .map(name -> name + " " + values.get(name))
                .collect(Collectors.joining(", "));
        String last = tail.strip().lines().reduce("", (first, line) -> line);
        return "trial " + trial.substring(0, NAME_LENGTH) + (settings.isEmpty() ? "" : " (" + settings + ")") + " "
                + reason + (last.isEmpty() ? "" : ": " + last);
    }
}
