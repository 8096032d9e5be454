package dev.wane.formats.lint;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecoupledLr;
import dev.wane.formats.config.Origin;
import dev.wane.formats.config.ResolvedConfig;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Learning rate and weight decay that are both written as products with the batch. Where decay per step is η·λ, that
 * makes it grow with the square of the batch; one of the two keeps the timescale in epochs.
 */
final class DecayScaledTwice {
    private static final String COUNT =
            "[\\w.\\[\\]'\"$]*(batch|world_?size|(num|n)_?(gpu|device|replica)s?)[\\w.\\[\\]'\"}]*";
    private static final Pattern FACTOR =
            Pattern.compile("(^|[*(:])\\s*(float\\()?[${]*" + COUNT, Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_POWER =
            Pattern.compile("sqrt|\\*\\*|pow|\\^|log|\\bmin\\b|\\bmax\\b|\\bif\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern DIVIDED =
            Pattern.compile("/\\s*\\(*\\s*(float\\()?[${]*" + COUNT, Pattern.CASE_INSENSITIVE);
    private static final Pattern RATE =
            Pattern.compile("\\b(lr|eta|(\\w*_)?learning_?rate)\\b", Pattern.CASE_INSENSITIVE);

    private DecayScaledTwice() {}

    /**
     * Empty where one of the two is a number, follows another power of the batch, or is written in another file.
     *
     * @param text the file that was read
     */
    static Optional<Finding> of(String file, ResolvedConfig config, String text) {
        List<String> lines = text.lines().toList();
        boolean twice = decaysByProduct(config.recipe())
                && linear(expression(file, config.resolution().written("learningRate"), lines))
                && linear(withoutRate(expression(file, config.resolution().written("weightDecay"), lines)));
        return twice ? Optional.of(finding()) : Optional.empty();
    }

    private static boolean decaysByProduct(@Nullable Recipe recipe) {
        return recipe != null
                && (recipe.convention() instanceof DecoupledLr || recipe.convention() instanceof CoupledSgd);
    }

    /** What is written behind the key, up to the comma or the bracket that ends it. */
    private static String expression(String file, Origin.@Nullable Written written, List<String> lines) {
        if (written == null
                || !written.position().file().equals(file)
                || written.position().line() < 1
                || written.position().line() > lines.size()) {
            return "";
        }
        String line = lines.get(written.position().line() - 1);
        String key = written.key().substring(written.key().lastIndexOf('.') + 1);
        Matcher behind = Pattern.compile("(?<!\\w)" + Pattern.quote(key) + "[\"']?\\s*[=:]")
                .matcher(line);
        return upToItsEnd(behind.find() ? line.substring(behind.end()) : line);
    }

    static String upToItsEnd(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' || c == '[' || c == '{' ? 1 : 0;
            depth -= c == ')' || c == ']' || c == '}' ? 1 : 0;
            if (depth < 0 || c == '#' || (c == ',' && depth == 0)) {
                return text.substring(0, i).strip();
            }
        }
        return text.strip();
    }

    /** A λ that is computed from the rate may undo its factor. */
    private static String withoutRate(String expression) {
        return RATE.matcher(expression).find() ? "" : expression;
    }

    /** Whether a batch, or the number of devices, multiplies the expression. */
    static boolean linear(String expression) {
        return !OTHER_POWER.matcher(expression).find()
                && !DIVIDED.matcher(expression).find()
                && FACTOR.matcher(expression).find();
    }

    private static Finding finding() {
        return new Finding(
                "decay-scaled-twice",
                Severity.WARNING,
                "weightDecay",
                "learning rate and weight decay both grow in proportion to the batch: decay per step is their product, so"
                        + " twice the batch decays four times as much per step and twice as much per epoch",
                "scale one of the two: a learning rate in proportion to the batch keeps the timescale with the same λ",
                "arXiv:2405.13698, section 3");
    }
}
