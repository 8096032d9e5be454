package dev.wane.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * Fashion-MNIST, bundled and verified.
 *
 * @see <a href="https://arxiv.org/abs/1708.07747">Xiao, Rasul and Vollgraf (2017)</a>
 */
public final class FashionMnist {
    /** The name in experiments. */
    public static final String NAME = "fashion-mnist";
    /** Images in the training set. */
    public static final int TRAINING_SIZE = 60_000;
    /** Images in the test set. */
    public static final int TEST_SIZE = 10_000;
    /** Mean of the training pixels, scaled to [0, 1]. */
    public static final double MEAN = 0.2860;
    /** Standard deviation of the training pixels, scaled to [0, 1]. */
    public static final double DEVIATION = 0.3530;

    private static final int SIDE = 28;
    private static final int CLASSES = 10;
    private static final Checksums FILES = new Checksums(FashionMnist.class, "fashion-mnist");

    private FashionMnist() {}

    /**
     * The 60,000 training images.
     *
     * @throws CorruptedDataException if a file is not the original one
     */
    public static LabelledImages training() {
        return load("train", TRAINING_SIZE);
    }

    /**
     * The 10,000 test images.
     *
     * @throws CorruptedDataException if a file is not the original one
     */
    public static LabelledImages test() {
        return load("t10k", TEST_SIZE);
    }

    /** File name to SHA-256. */
    public static Map<String, String> checksums() {
        return FILES.all();
    }

    private static LabelledImages load(String part, int count) {
        String images = part + "-images-idx3-ubyte.gz";
        String labels = part + "-labels-idx1-ubyte.gz";
        try {
            return new LabelledImages(
                    Idx.read(images, FILES.verified(images), count, SIDE, SIDE),
                    Idx.read(labels, FILES.verified(labels), count),
                    SIDE * SIDE,
                    CLASSES);
        } catch (IOException e) {
            throw new UncheckedIOException(NAME, e);
        }
    }
}
