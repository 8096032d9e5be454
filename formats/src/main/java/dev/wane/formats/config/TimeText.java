package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount with its unit, as Composer and OLMo write time: {@code 100ba}, {@code 2ep}, {@code 4e12T}, {@code 0.02dur}.
 *
 * @param amount as written
 * @param unit as written, lower case
 */
record TimeText(double amount, String unit) {
    private static final Pattern FORM = Pattern.compile("([0-9][0-9_]*\\.?[0-9]*(?:[eE][-+]?\\d+)?)\\s*([A-Za-z]*)");

    /** Empty for text of another form. */
    static Optional<TimeText> of(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "" : text.strip());
        return matcher.matches()
                ? Optional.of(new TimeText(
                        Double.parseDouble(matcher.group(1).replace("_", "")),
                        matcher.group(2).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /**
     * The length of a run as {@code steps} or {@code epochs}.
     *
     * @param bare the unit of an amount that has none
     */
    static void length(Resolution.Builder to, @Nullable Found<String> written, String bare) {
        if (written == null) {
            to.byDefault("steps");
            return;
        }
        Optional<TimeText> time =
                of(written.value()).map(read -> read.unit().isEmpty() ? new TimeText(read.amount(), bare) : read);
        if (time.isPresent() && time.get().unit().equals("ep")) {
            to.put("epochs", time.get().amount(), written.origin());
        } else {
            to.put(
                    "steps",
                    time.map(it -> it.whole(it.steps(to, Double.NaN)))
                            .filter(Double::isFinite)
                            .orElse(null),
                    written.origin());
        }
    }

    /** OLMo stops before a step that would pass its tokens, Composer after the one that reaches them. */
    private double whole(double steps) {
        return unit.equals("t") ? Math.floor(steps) : Math.ceil(steps);
    }

    /**
     * Steps of the batch that was resolved.
     *
     * @param run steps of the whole run, for shares of it
     * @return NaN where they cannot be counted
     */
    double steps(Resolution.Builder to, double run) {
        Double batch = to.number("batchSize");
        Double sequence = to.number("sequenceLength");
        return switch (unit) {
            case "", "ba" -> amount;
            case "sp" -> batch == null ? Double.NaN : amount / batch;
            case "t", "tok" -> batch == null || sequence == null ? Double.NaN : amount / (batch * sequence);
            case "dur" -> amount * run;
            default -> Double.NaN;
        };
    }
}
