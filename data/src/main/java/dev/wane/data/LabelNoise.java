package dev.wane.data;

import java.util.SplittableRandom;

/** Wrong labels on purpose. */
public final class LabelNoise {
    private static final long SEED = 20260101;

    private LabelNoise() {}

    /**
     * Labels of which a share is replaced by another class, each other class equally likely. Sample i is decided by
     * (i, share) alone.
     *
     * @param labels class of every sample; not changed
     * @param classes number of classes, ≥ 2
     * @param share in [0, 1)
     * @return new labels
     */
    public static byte[] apply(byte[] labels, int classes, double share) {
        byte[] noisy = labels.clone();
        for (int i = 0; i < noisy.length; i++) {
            SplittableRandom random = new SplittableRandom(Seeds.derive(SEED, "label", i));
            if (random.nextDouble() < share) {
                noisy[i] = (byte) ((noisy[i] + 1 + random.nextInt(classes - 1)) % classes);
            }
        }
        return noisy;
    }
}
