package dev.wane.engine;

import dev.wane.data.LabelledImages;
import dev.wane.model.ModelSpec;
import dev.wane.model.Normalization;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A small learnable set and the networks on it. */
final class Synthetic {
    static final int FEATURES = 20;
    static final int CLASSES = 3;

    private Synthetic() {}

    static Examples examples(int count) {
        SplittableRandom random = new SplittableRandom(11);
        byte[] pixels = new byte[count * FEATURES];
        byte[] labels = new byte[count];
        for (int row = 0; row < count; row++) {
            labels[row] = (byte) (row % CLASSES);
            for (int column = 0; column < FEATURES; column++) {
                int signal = column % CLASSES == labels[row] ? 60 : 0;
                pixels[row * FEATURES + column] = (byte) (signal + random.nextInt(150));
            }
        }
        LabelledImages images = new LabelledImages(pixels, labels, FEATURES, CLASSES);
        return Examples.of(images, labels, IntStream.range(0, count).toArray(), 0.3, 0.2);
    }

    static ModelSpec spec(Normalization norm) {
        return new ModelSpec(norm, 16, 2, 1e-3);
    }

    static Mlp model(Normalization norm, double scale) {
        return Mlp.create(spec(norm), FEATURES, CLASSES, 5, scale);
    }
}
