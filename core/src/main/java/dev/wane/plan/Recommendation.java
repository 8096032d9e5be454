package dev.wane.plan;

import dev.wane.law.ConstantTimescale;
import dev.wane.law.PowerLines;
import dev.wane.law.Ratios;
import dev.wane.law.RetentionPerEpoch;
import dev.wane.law.Setting;
import dev.wane.law.WidthScaling;
import dev.wane.recipe.Target;

/**
 * Which law to use for a change: μP for width; Power Lines for one pass over tokens; the timescale in epochs for batch,
 * learning rate, data and optimizer; equal retention where only the schedule changes. Where only the length changes,
 * three published answers disagree and none is recommended.
 */
final class Recommendation {
    private Recommendation() {}

    /** The law's id; empty where none is recommended. Whether it applies is the law's to say. */
    static String of(Target change, Setting base, Setting target) {
        if (Ratios.of(base, target).width() != 1) {
            return WidthScaling.MUP.id();
        }
        if (new PowerLines().applicability(base, target).applicable()) {
            return new PowerLines().id();
        }
        if (movesThePeak(change)) {
            return new ConstantTimescale().id();
        }
        return change.schedule() == null ? "" : new RetentionPerEpoch().id();
    }

    private static boolean movesThePeak(Target change) {
        return change.batchSize() != null
                || change.datasetSize() != null
                || change.learningRate() != null
                || change.learningRateRule() != null
                || change.optimizer() != null;
    }
}
