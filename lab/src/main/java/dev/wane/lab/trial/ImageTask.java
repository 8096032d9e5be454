package dev.wane.lab.trial;

import dev.wane.data.BalancedSplit;
import dev.wane.data.FashionMnist;
import dev.wane.data.LabelNoise;
import dev.wane.data.LabelledImages;
import dev.wane.engine.Examples;
import dev.wane.engine.Logits;
import dev.wane.engine.Model;
import dev.wane.engine.Temperature;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Classification of images. Training labels may be noisy; validation and test labels never are.
 *
 * @param validation held out of the training set
 * @param test null where the test set must not be read
 */
record ImageTask(
        Examples training, Examples validation, @Nullable Examples test, int features, int classes) implements Task {

    /** A task without the test set, which {@link #withTest()} adds. */
    static ImageTask load(EngineTrialSpec.Task spec) {
        LabelledImages images = FashionMnist.training();
        BalancedSplit split = BalancedSplit.of(images.labels(), images.classes(), spec.samples(), spec.validation());
        byte[] noisy = LabelNoise.apply(images.labels(), images.classes(), spec.labelNoise());
        return new ImageTask(
                examples(images, noisy, split.training()),
                examples(images, images.labels(), split.validation()),
                null,
                images.pixelsPerImage(),
                images.classes());
    }

    ImageTask withTest() {
        return new ImageTask(training, validation, all(FashionMnist.test()), features, classes);
    }

    @Override
    public Map<String, Double> evaluate(Model model) {
        Map<String, Double> metrics = new TreeMap<>();
        Logits heldOut = Logits.of(model, validation);
        double temperature = Temperature.fit(heldOut);
        metrics.put("temperature", temperature);
        add("validation", heldOut, temperature, metrics);
        if (test != null) {
            add("test", Logits.of(model, test), temperature, metrics);
        }
        return metrics;
    }

    private static void add(String split, Logits logits, double temperature, Map<String, Double> metrics) {
        metrics.put(split + ".error", logits.error());
        metrics.put(split + ".nll", logits.nll(1));
        metrics.put(split + ".calibratedNll", logits.nll(temperature));
    }

    private static Examples all(LabelledImages images) {
        return examples(
                images, images.labels(), IntStream.range(0, images.count()).toArray());
    }

    private static Examples examples(LabelledImages images, byte[] labels, int[] indices) {
        return Examples.of(images, labels, indices, FashionMnist.MEAN, FashionMnist.DEVIATION);
    }
}
