package dev.wane.formats.config;

import dev.wane.formats.tree.Node;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.List;

/** What DJL does with a file's builders, as its versions up to {@link #SEEN} do it; of a later one nothing is said. */
final class DjlFindings {
    /** The newest version that was run and read. */
    static final Version SEEN = Version.parse("0.35.1");

    private static final String SOURCE = "deepjavalibrary/djl " + SEEN + ", run on its PyTorch engine";

    private DjlFindings() {}

    static List<Finding> of(Lookup root, Lookup builder, DjlTracker tracker, Resolution.Builder to, Sources sources) {
        Version version = sources.versions().get("djl");
        List<Finding> findings = new ArrayList<>();
        findings.add(DecayedVectors.of(
                Severity.INFO, "one λ for all parameters: biases and norm gains are decayed too", SOURCE));
        if (DjlConfig.penalty(root) != null && builder.numberOr(0, "optWeightDecays") > 0) {
            findings.add(twice());
        }
        if (version != null && version.compareTo(SEEN) > 0) {
            return findings;
        }
        if (builder.has("optClipGrad")) {
            findings.add(clip());
        }
        if (builder.numberOr(1, "setRescaleGrad") != 1 && decays(to)) {
            findings.add(rescaled());
        }
        if (cosineRises(tracker, to)) {
            findings.add(cosine(tracker));
        }
        if (devices(root) > 1) {
            findings.add(summed(devices(root)));
        }
        return findings;
    }

    private static boolean decays(Resolution.Builder to) {
        Double weightDecay = to.number("weightDecay");
        return weightDecay != null && weightDecay > 0;
    }

    private static boolean cosineRises(DjlTracker tracker, Resolution.Builder to) {
        Double base = to.number("learningRate");
        return tracker.kind().equals("cosine") && base != null && tracker.last() > base;
    }

    /** The number in {@code getDevices(n)}; 1 where none is written. */
    private static double devices(Lookup root) {
        return root.root().entries().values().stream()
                .map(Node.Entry::value)
                .filter(Node.Mapping.class::isInstance)
                .mapToDouble(chain -> new Lookup((Node.Mapping) chain).numberOr(1, "getDevices"))
                .max()
                .orElse(1);
    }

    private static Finding twice() {
        return new Finding(
                "double-decay",
                Severity.WARNING,
                "weightDecay",
                "L2WeightDecay adds λΣw² to the loss and optWeightDecays decays the same weights again",
                "keep one of the two",
                SOURCE);
    }

    private static Finding clip() {
        return new Finding(
                "djl-one-sided-clip",
                Severity.WARNING,
                "optimizer",
                "optClipGrad bounds gradients from above alone: with 1, a gradient of -10 stays -10",
                "clip by NDArray.clip before the step, on both sides",
                SOURCE);
    }

    private static Finding rescaled() {
        return new Finding(
                "djl-rescaled-gradient",
                Severity.WARNING,
                "weightDecay",
                "setRescaleGrad multiplies the gradient and not λ; losses are means already, so weight decay outweighs"
                        + " the gradient by its inverse",
                "leave it at 1",
                SOURCE);
    }

    private static Finding cosine(DjlTracker tracker) {
        return new Finding(
                "djl-cosine-final",
                Severity.ERROR,
                "learningRate",
                "CosineTracker ends at " + tracker.last()
                        + ", above the learning rate that it starts from: build() throws",
                "optFinalValue below setBaseValue, for example 0",
                SOURCE);
    }

    private static Finding summed(double devices) {
        return new Finding(
                "djl-summed-gradients",
                Severity.WARNING,
                "weightDecay",
                "gradients of " + (long) devices + " devices are summed while each loss is a mean, so λ weighs "
                        + (long) devices + " times less against them; schedules and Adam's bias correction advance once"
                        + " per device",
                "λ for one device is not λ for several: train on one, or scale it",
                SOURCE);
    }
}
