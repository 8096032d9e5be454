package dev.wane.formats.model;

import dev.wane.formats.tree.TreeReader;
import dev.wane.groups.NamedShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A line for each parameter: {@code name [768, 3072]}, {@code name 768x3072}, {@code name torch.Size([768])} or a name alone. */
final class NameList {
    private static final Pattern LINE =
            Pattern.compile("^(\\S+?)[:,]?(?:\\s+(?:torch\\.Size\\()?[\\[(]?([0-9x×,\\s]*)[\\])]*)?$");

    private NameList() {}

    static List<NamedShape> read(Path file) {
        List<NamedShape> names = new ArrayList<>();
        int number = 0;
        for (String line : TreeReader.text(file).split("\\R", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(stripped);
            if (!matcher.matches()) {
                throw ModelReader.problem(
                        file, "line " + number + " is no 'name [shape]': '" + shortened(stripped) + "'");
            }
            boolean shaped = matcher.group(2) != null;
            names.add(new NamedShape(matcher.group(1), shaped ? sizes(matcher.group(2)) : List.of(), shaped));
        }
        if (names.isEmpty()) {
            throw ModelReader.problem(file, "names no parameter");
        }
        return names;
    }

    private static List<Long> sizes(String text) {
        return Arrays.stream(text.split("[x×,\\s]+", -1))
                .filter(size -> !size.isBlank())
                .map(NameList::size)
                .toList();
    }

    private static Long size(String text) {
        return text.length() > 18 ? Long.MAX_VALUE : Long.valueOf(text);
    }

    private static String shortened(String line) {
        return line.length() > 80 ? line.substring(0, 80) + "…" : line;
    }
}
