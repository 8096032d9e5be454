package dev.wane.formats.lint;

import dev.wane.formats.probe.ProbeReader;
import dev.wane.formats.watch.RunFollower;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.watch.Diagnoses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Rows that no gradient reaches and decay shrinks, as a probe of the run measured them. */
public final class DecayedFrozen {
    private DecayedFrozen() {}

    /**
     * Looks at what is trained.
     *
     * @param model a probe's file; of anything else nothing is found
     * @throws dev.wane.formats.problem.InputException if the probe cannot be read
     */
    public static List<Finding> of(Path model) {
        if (!ProbeReader.is(model)) {
            return List.of();
        }
        RunFollower run = new RunFollower(List.of(model), Map.of());
        run.readWhole();
        return Diagnoses.of(run.run(null)).stream()
                .filter(diagnosis -> diagnosis.id().equals("decayed-frozen-rows"))
                .map(diagnosis -> new Finding(
                        "decayed-frozen",
                        Severity.WARNING,
                        "weightDecay",
                        diagnosis.evidence(),
                        diagnosis.remedy(),
                        diagnosis.source()))
                .toList();
    }
}
