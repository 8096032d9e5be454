package dev.wane.cli;

/**
 * Emphasis for terminals.
 *
 * @param enabled false leaves text as it is
 */
record Style(boolean enabled) {
    String bold(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    String good(String text) {
        return wrap("32", text);
    }

    String bad(String text) {
        return wrap("31", text);
    }

    String warning(String text) {
        return wrap("33", text);
    }

    String note(String text) {
        return wrap("36", text);
    }

    private String wrap(String code, String text) {
        return enabled ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
