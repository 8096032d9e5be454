package dev.wane.plan;

import java.util.Locale;

/** One thing that follows from a decay, with a number, as a section of {@code docs/laws.md}. */
record BookEntry(String name, String formula, String holds, String source, String example) {
    String markdown() {
        return """

                ## %s

                - Formula: `%s`
                - Stated for: %s
                - Source: %s
                - Example: %s
                """.formatted(name, formula, holds, source, example);
    }

    /** The text with its numbers in six digits. */
    static String say(String text, Object... numbers) {
        Object[] said = new Object[numbers.length];
        for (int i = 0; i < said.length; i++) {
            said[i] = LawBook.text((double) numbers[i]);
        }
        return String.format(Locale.ROOT, text, said);
    }
}
