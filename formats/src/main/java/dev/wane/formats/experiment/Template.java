package dev.wane.formats.experiment;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with placeholders such as {@code {learningRate}}. Braces around anything but a name are text; a name in braces is
 * written <code>{{name}}</code>.
 *
 * @param text as written
 */
public record Template(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\{)?([A-Za-z][A-Za-z0-9]*)\\}(\\})?");

    /** The names in it, in order. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PLACEHOLDER.matcher(text);
        while (matcher.find()) {
            if (!isText(matcher)) {
                names.add(matcher.group(2));
            }
        }
        return names;
    }

    /**
     * The text with values in it.
     *
     * @param values of all its placeholders
     * @param quote what is done to each value
     */
    public String fill(Map<String, String> values, UnaryOperator<String> quote) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1) != null && match.group(3) != null
                                ? "{" + match.group(2) + "}"
                                : outer(match.group(1), "{")
                                        + quote.apply(Objects.requireNonNull(values.get(match.group(2))))
                                        + outer(match.group(3), "}")));
    }

    private static String outer(@Nullable String brace, String text) {
        return brace == null ? "" : text;
    }

    private static boolean isText(Matcher matcher) {
        return matcher.group(1) != null && matcher.group(3) != null;
    }
}
