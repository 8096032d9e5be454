package dev.wane.lab.trial;

import dev.wane.data.Checksums;
import java.nio.charset.StandardCharsets;

/**
 * Everything that decides a trial's result, and nothing else. Its name is the SHA-256 of its canonical JSON: keys sorted,
 * no white space, shortest decimal that reads back as the same double.
 */
public sealed interface TrialSpec permits EngineTrialSpec, CommandTrialSpec {
    /** The SHA-256 that names this trial. */
    default String id() {
        return Checksums.sha256(TrialJson.canonical(this).getBytes(StandardCharsets.UTF_8));
    }

    /** Optimizer steps of the whole trial. */
    long steps();

    /** Samples of a step. */
    int batchSize();
}
