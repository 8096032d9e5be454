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
    private static final Pattern VALUE = Pattern.compile("^[^=:]*[=:]\\s*(.*?)\\s*,?\\s*(#.*)?$");

    private DecayScaledTwice() {}

    /**
     * Empty where one of the two is a number, follows another power of the batch, or is written in another file.
     *
     * @param text the file that was read
     */
    static Optional<Finding> of(String file, ResolvedConfig config, String text) {
        List<String> lines = text.lines().toList();
        boolean twice = decaysByProduct(config.recipe())
                && linear(line(file, config.resolution().written("learningRate"), lines))
                && linear(line(file, config.resolution().written("weightDecay"), lines));
        return twice ? Optional.of(finding()) : Optional.empty();
    }

    private static boolean decaysByProduct(@Nullable Recipe recipe) {
        return recipe != null
                && (recipe.convention() instanceof DecoupledLr || recipe.convention() instanceof CoupledSgd);
    }

    private static String line(String file, Origin.@Nullable Written written, List<String> lines) {
        return written == null
                        || !written.position().file().equals(file)
                        || written.position().line() < 1
                        || written.position().line() > lines.size()
                ? ""
                : lines.get(written.position().line() - 1);
    }

    /** Whether a batch, or the number of devices, multiplies what the line gives. */
    static boolean linear(String line) {
        Matcher value = VALUE.matcher(line);
        return value.matches()
                && !OTHER_POWER.matcher(value.group(1)).find()
                && FACTOR.matcher(value.group(1)).find();
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
