package dev.wane.plan;

import dev.wane.law.CompleteP;
import dev.wane.law.ConstantTimescale;
import dev.wane.law.PowerLines;
import dev.wane.law.Ratios;
import dev.wane.law.RetentionPerEpoch;
import dev.wane.law.Setting;
import dev.wane.law.WidthScaling;
import dev.wane.recipe.Recipe;
import dev.wane.recipe.Start;
import dev.wane.recipe.Target;
import java.util.Objects;

/**
 * Which law to use for a change: Power Lines for one pass over tokens, also where the width changes with the parameters or
 * the data; μP where only the width does, CompleteP where only the depth; the timescale in epochs for batch,
 * learning rate, data and optimizer; equal retention where only the schedule changes, or the decay follows it by another
 * power. Where only the length changes, three published answers disagree and none is recommended.
 */
final class Recommendation {
    /** Whole steps of another batch see a little more or less. */
    private static final double SAME_TOKENS = 0.01;

    private Recommendation() {}

    /** The law's id; empty where none is recommended. Whether it applies is the law's to say. */
    static String of(Target change, Setting base, Setting target) {
        Start start = target.recipe().start();
        if (start == Start.ADAPTER) {
            return "";
        }
        boolean scratch = start == Start.SCRATCH;
        boolean powerLines =
                scratch && new PowerLines().applicability(base, target).applicable();
        if (!scratch && (Ratios.of(base, target).width() != 1 || onlyTheDepth(change))) {
            return "";
        }
        if (Ratios.of(base, target).width() != 1) {
            return powerLines && movesTokensPerParameter(base, target) ? new PowerLines().id() : WidthScaling.MUP.id();
        }
        if (powerLines) {
            return new PowerLines().id();
        }
        if (onlyTheDepth(change)) {
            return new CompleteP().id();
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

    /** What the best timescale follows, which μP does not see. */
    private static boolean movesTokensPerParameter(Setting base, Setting target) {
        double before = base.recipe().tokensSeen();
        double after = target.recipe().tokensSeen();
        return Math.abs(after / before - 1) > SAME_TOKENS
                || !Objects.equals(
                        base.recipe().modelSize().parameters(),
                        target.recipe().modelSize().parameters());
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

    private static boolean onlyTheDepth(Target change) {
        return change.depthMultiplier() != null
                && !movesThePeak(change)
                && change.length() == null
                && change.schedule() == null;
    }

    private static boolean movesThePeak(Target change) {
        return change.batchSize() != null
                || change.datasetSize() != null
                || change.learningRate() != null
                || change.optimizer() != null;
    }
}
