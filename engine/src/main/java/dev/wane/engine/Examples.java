package dev.wane.engine;

import dev.wane.data.LabelledImages;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Inputs and classes as tensors, read-only once made.
 *
 * @param inputs float32 [n, features], standardised
 * @param labels int64 [n]
 */
public record Examples(Tensor inputs, Tensor labels) {
    private static final int LARGEST_PIXEL = 255;

    /**
     * Some images of a set.
     *
     * @param images all images
     * @param labels a class per image, which may differ from the images' own
     * @param indices which images, in order
     * @param mean subtracted from pixels scaled to [0, 1]
     * @param deviation divides the difference
     */
    public static Examples of(LabelledImages images, byte[] labels, int[] indices, double mean, double deviation) {
        int features = images.pixelsPerImage();
        float[] standardised = standardised(mean, deviation);
        float[] values = new float[indices.length * features];
        long[] classes = new long[indices.length];
        for (int row = 0; row < indices.length; row++) {
            int start = indices[row] * features;
            for (int column = 0; column < features; column++) {
                values[row * features + column] = standardised[images.pixels()[start + column] & 0xff];
            }
            classes[row] = labels[indices[row]];
        }
        return new Examples(
                torch.tensor(values).reshape(indices.length, features).retainReference(),
                torch.tensor(classes).retainReference());
    }

    private static float[] standardised(double mean, double deviation) {
        float[] values = new float[LARGEST_PIXEL + 1];
        for (int pixel = 0; pixel < values.length; pixel++) {
            values[pixel] = (float) (((double) pixel / LARGEST_PIXEL - mean) / deviation);
        }
        return values;
    }

    /** The rows at some indices, in order. */
    public Examples select(int[] indices) {
        Tensor rows = torch.tensor(indices);
        return new Examples(inputs.index_select(0, rows), labels.index_select(0, rows));
    }

    public int count() {
        return (int) labels.size(0);
    }
}
