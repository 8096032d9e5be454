package dev.wane.data;

/**
 * Gray images with a class each.
 *
 * @param pixels row after row, image after image, 0–255
 * @param labels one class per image, 0 … classes − 1
 * @param pixelsPerImage rows × columns
 * @param classes number of classes
 */
@SuppressWarnings("ArrayRecordComponent")
public record LabelledImages(byte[] pixels, byte[] labels, int pixelsPerImage, int classes) {
    public LabelledImages {
        if (pixels.length != labels.length * pixelsPerImage) {
            throw new IllegalArgumentException(
                    "pixels must be " + labels.length + " × " + pixelsPerImage + ", got " + pixels.length);
        }
    }

    public int count() {
        return labels.length;
    }
}
