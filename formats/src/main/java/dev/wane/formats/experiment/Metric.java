package dev.wane.formats.experiment;

/** What is judged; smaller is better. */
public enum Metric {
    /** Share of wrong answers. */
    ERROR("error"),
    /** Mean negative log likelihood, nats. */
    NLL("nll"),
    /** The same with a temperature fitted on validation. */
    CALIBRATED_NLL("calibratedNll");

    private final String id;

    Metric(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public boolean isShare() {
        return this == ERROR;
    }
}
