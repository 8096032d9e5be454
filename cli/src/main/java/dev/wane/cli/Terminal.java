package dev.wane.cli;

/** What the launcher knows of the standard streams; Java can tell it of standard output alone. */
final class Terminal {
    private Terminal() {}

    static boolean isOutTerminal() {
        return Boolean.getBoolean("wane.stdout.terminal");
    }

    static boolean isErrTerminal() {
        return Boolean.getBoolean("wane.stderr.terminal");
    }
}
