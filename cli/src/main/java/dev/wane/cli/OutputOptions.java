package dev.wane.cli;

import picocli.CommandLine.Option;

/** Options that every verb has. */
final class OutputOptions {
    enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    @Option(names = "--json", description = "Print exactly one JSON document on standard output.")
    boolean json;

    @Option(names = "--quiet", description = "No progress and no messages but errors.")
    boolean quiet;

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            defaultValue = "auto",
            description = "auto, always or never; auto honours NO_COLOR. Default: ${DEFAULT-VALUE}.")
    Color color = Color.AUTO;

    Style style() {
        boolean wanted = switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> Terminal.isOutTerminal() && System.getenv("NO_COLOR") == null;
        };
        return new Style(wanted);
    }
}
