package dev.wane.convert;

/** No weight decay of the other optimizer does what this one does. */
public final class NoEquivalentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoEquivalentException(String reason) {
        super(reason);
    }
}
