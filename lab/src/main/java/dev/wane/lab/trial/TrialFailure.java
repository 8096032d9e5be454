package dev.wane.lab.trial;

/** A trial that ended without a figure: it crashed, took too long or wrote nothing. That is a result, and a rerun tries again. */
public final class TrialFailure extends RuntimeException {
    private final String tail;

    /**
     * @param reason in one line
     * @param tail the last lines of what it wrote
     */
    public TrialFailure(String reason, String tail) {
        super(reason);
        this.tail = tail;
    }

    public String tail() {
        return tail;
    }
}
