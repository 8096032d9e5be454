package dev.wane.cli;

/** Exit codes that scripts rely on. */
final class ExitCode {
    static final int SUCCESS = 0;
    /** A check did not pass. */
    static final int CHECK_FAILED = 1;

    /** Wrong usage or input. */
    static final int USAGE = 2;
    /** Internal error, an environment that does not serve, or an incomplete run. */
    static final int INCOMPLETE = 3;

    private ExitCode() {}
}
