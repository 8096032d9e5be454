package dev.wane.plan;

import dev.wane.law.ConstantTimescale;
import dev.wane.law.PowerLines;
import dev.wane.law.Ratios;
import dev.wane.law.RetentionPerEpoch;
import dev.wane.law.Setting;
import dev.wane.law.WidthScaling;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Target;
import java.util.Objects;

/**
 * Which law to use for a change: μP for width; Power Lines for one pass over tokens; the timescale in epochs for batch,
 * learning rate, data and optimizer; equal retention where only the schedule changes, or the decay follows it by another
 * power. Where only the length changes, three published answers disagree and none is recommended.
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
        if (base.recipe().family().adaptive() != target.recipe().family().adaptive()) {
            return "";
        }
        if (onePassOverMore(base, target)) {
            return "";
        }
        if (followsAnotherPower(base, target)) {
            return new RetentionPerEpoch().id();
        }
        if (movesThePeak(change)) {
            return new ConstantTimescale().id();
        }
        return change.schedule() == null ? "" : new RetentionPerEpoch().id();
    }

    /** The timescale in epochs means nothing where there is one epoch, and Power Lines lacks an input or its optimizer. */
    private static boolean onePassOverMore(Setting base, Setting target) {
        boolean tokens =
                target.recipe().unit() == Recipe.Unit.TOKENS || target.recipe().sequenceLength() != null;
        return tokens
                && base.scale().epochs() <= 1
                && target.scale().epochs() <= 1
                && !Objects.equals(base.recipe().datasetSize(), target.recipe().datasetSize());
    }

    /** An equal decay at the peak adds up to another one where the decay follows the schedule differently. */
    private static boolean followsAnotherPower(Setting base, Setting target) {
        return !target.isConstant()
                && base.convention().schedulePower() != target.convention().schedulePower();
    }

    private static boolean movesThePeak(Target change) {
        return change.batchSize() != null
                || change.datasetSize() != null
                || change.learningRate() != null
                || change.optimizer() != null;
    }
}
