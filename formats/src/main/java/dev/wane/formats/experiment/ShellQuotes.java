package dev.wane.formats.experiment;

import java.util.LinkedHashSet;
import java.util.Set;

/** Where a shell's quotes begin and end. */
final class ShellQuotes {
    private ShellQuotes() {}

    /** Names of the placeholders between quotes: a value that is quoted itself would end them. */
    static Set<String> placeholdersInside(String command) {
        Set<String> names = new LinkedHashSet<>();
        StringBuilder inside = new StringBuilder();
        char open = 0;
        for (int i = 0; i < command.length(); i++) {
            char each = command.charAt(i);
            if (each == '\\' && open != '\'') {
                i++;
            } else if (open == 0 && (each == '\'' || each == '"')) {
                open = each;
            } else if (each == open) {
                names.addAll(new Template(inside.toString()).placeholders());
                inside.setLength(0);
                open = 0;
            } else if (open != 0) {
                inside.append(each);
            }
        }
        return names;
    }
}
