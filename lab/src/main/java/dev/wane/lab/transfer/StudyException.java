package dev.wane.lab.transfer;

/** A study that cannot come to a result. */
public final class StudyException extends RuntimeException {
    public StudyException(String message) {
        super(message);
    }
}
