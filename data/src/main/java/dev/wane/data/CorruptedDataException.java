package dev.wane.data;

/** A data file that is not what its checksum says. */
public final class CorruptedDataException extends RuntimeException {
    public CorruptedDataException(String message) {
        super(message);
    }
}
