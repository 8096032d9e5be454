package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import org.jspecify.annotations.Nullable;

/**
 * How long Lightning's trainer trains: until max_steps or max_epochs, the first reached, where an epoch may be cut short by
 * limit_train_batches or overfit_batches, whole numbers of batches or shares of all.
 */
final class LightningLength {
    private LightningLength() {}

    /** Batch, accumulation, replicas and data set are resolved before. */
    static void resolve(Lookup root, Resolution.Builder to) {
        double quick = quick(root);
        if (quick > 0) {
            to.put("steps", quick, new Origin.Computed("trainer.fast_dev_run"));
            return;
        }
        Found<Double> steps = root.number("trainer.max_steps", "max_steps");
        Found<Double> epochs = root.number("trainer.max_epochs", "max_epochs");
        boolean inSteps = steps != null && steps.value() != null && steps.value() > 0;
        boolean inEpochs = epochs != null && (epochs.value() == null || epochs.value() > 0);
        Found<Double> cut = cut(root);
        if (cut == null && !inSteps) {
            inEpochs(epochs, to);
        } else if (inSteps && !inEpochs) {
            to.known("steps", steps, "");
        } else {
            firstReached(inSteps ? steps : null, epochs, cut, to);
        }
    }

    /** −1 is a run without an end. */
    private static void inEpochs(@Nullable Found<Double> epochs, Resolution.Builder to) {
        if (epochs == null) {
            to.byDefault("epochs");
        } else if (epochs.value() != null && epochs.value() < 0) {
            to.put("epochs", null, new Origin.Unresolved("trainer.max_epochs: -1 has no end"));
        } else {
            to.known("epochs", epochs, "");
        }
    }

    private static void firstReached(
            @Nullable Found<Double> steps,
            @Nullable Found<Double> epochs,
            @Nullable Found<Double> cut,
            Resolution.Builder to) {
        double perEpoch = perEpoch(cut, to);
        double byEpochs = epochs == null || epochs.value() == null ? Double.NaN : epochs.value() * perEpoch;
        if (Double.isNaN(byEpochs) || byEpochs <= 0) {
            to.put(
                    "steps",
                    null,
                    new Origin.Unresolved(
                            "max_steps, or max_epochs of so many batches, the first reached: --dataset-size N"));
        } else if (steps != null && steps.value() != null && steps.value() <= byEpochs) {
            to.known("steps", steps, "");
        } else {
            to.put(
                    "steps",
                    byEpochs,
                    new Origin.Computed(
                            cut == null ? "max_epochs, reached before max_steps" : "max_epochs of fewer batches"));
        }
    }

    /** NaN where it is not known. */
    private static double perEpoch(@Nullable Found<Double> cut, Resolution.Builder to) {
        double whole = ScheduleResolver.stepsPerEpoch(to.build());
        Double micro = to.number("microBatchSize");
        Double replicas = to.number("replicas");
        Double accumulation = to.number("accumulation");
        Double samples = to.number("datasetSize");
        if (whole == 0 || cut == null) {
            return whole == 0 ? Double.NaN : whole;
        }
        if (cut.value() == null || micro == null || replicas == null || accumulation == null || samples == null) {
            return Double.NaN;
        }
        double all = Math.ceil(samples / (micro * replicas));
        double batches = cut.value() < 1 ? Math.floor(cut.value() * all) : Math.min(cut.value(), all);
        return Math.ceil(batches / accumulation);
    }

    /** Null where every batch is trained on: none of them, or 1.0. */
    private static @Nullable Found<Double> cut(Lookup root) {
        Found<Double> overfit = root.number("trainer.overfit_batches");
        if (overfit != null && !Double.valueOf(0).equals(overfit.value())) {
            return isAll(overfit, root.textOr("1", "trainer.overfit_batches")) ? null : overfit;
        }
        Found<Double> limit = root.number("trainer.limit_train_batches");
        boolean whole = limit == null || isAll(limit, root.textOr("1", "trainer.limit_train_batches"));
        return whole || isNull(root) ? null : limit;
    }

    /** The share 1.0, not the number 1. */
    private static boolean isAll(Found<Double> batches, String written) {
        return Double.valueOf(1).equals(batches.value()) && written.contains(".");
    }

    private static boolean isNull(Lookup root) {
        return root.textOr("null", "trainer.limit_train_batches").matches("(?i)null|none|~|");
    }

    private static double quick(Lookup root) {
        if (root.flag("trainer.fast_dev_run")) {
            return 1;
        }
        Found<Double> batches = root.number("trainer.fast_dev_run");
        return batches == null || batches.value() == null ? 0 : batches.value();
    }
}
