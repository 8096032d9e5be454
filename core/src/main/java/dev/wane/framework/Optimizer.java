package dev.wane.framework;

import dev.wane.decay.CoupledSgd;
import dev.wane.decay.DecayConvention;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an optimizer, or a regularizer beside one, means by weight decay: a row of the registry.
 *
 * @param framework the framework's key, for example {@code torch}
 * @param id the key within its framework, for example {@code adamw}
 * @param kind what λ is multiplied by
 * @param family what the update is like; null for a regularizer
 * @param factor multiplies λ as written
 * @param order when a step decays
 * @param update how the update deviates from its family's usual form; empty where it does not
 * @param defaultWeightDecay λ where none is given; NaN where unknown
 * @param excluded what is not decayed unless told
 * @param versions for which the row holds
 * @param checked whether the code or the paper was read
 * @param source repository
 * @param note what else to know; may be empty
 */
public record Optimizer(
        String framework,
        String id,
        DecayKind kind,
        @Nullable Family family,
        Factor factor,
        DecayOrder order,
        String update,
        double defaultWeightDecay,
        String excluded,
        String versions,
        boolean checked,
        String source,
        String note) {
    private static final Set<String> HARMLESS = Set.of(
            "",
            "eps is not bias-corrected",
            "no bias correction",
            "decays by the bias-corrected rate",
            "the rate is inside the buffer",
            "Nesterov by default",
            "Nesterov, not in its PyTorch engine",
            "scaled by 0.2·√max(A,B)",
            "scaled by its own factor",
            "skipped at 1 − 2ηλ = 0.9");

    /**
     * Whether this is a penalty or decay that stands beside an optimizer.
     *
     * @return true for a regularizer
     */
    public boolean isRegularizer() {
        return family == null;
    }

    /**
     * Whether momentum is Nesterov's here unless told.
     *
     * @return true if so
     */
    public boolean nesterov() {
        return familyOrSgd() == Family.SGD && update.startsWith("Nesterov");
    }

    /**
     * Whether the long-run effect of the update is that of its family: no deviation, or one of the first steps only.
     *
     * @return true if the family's equilibrium holds
     */
    public boolean updatesUsually() {
        return HARMLESS.contains(update);
    }

    /**
     * What the update is like; a regularizer alone stands beside plain SGD.
     *
     * @return the family
     */
    public Family familyOrSgd() {
        return family == null ? Family.SGD : family;
    }

    /**
     * Whether the learning rate follows the batch as for Adam (√) and not as for SGD (linear).
     *
     * @return true for adaptive updates
     */
    public boolean adaptive() {
        return familyOrSgd().adaptive();
    }

    /**
     * What λ as written does.
     *
     * @param family of the optimizer that takes the step
     * @param momentum of SGD
     * @param quantities of the run, of which the factor may need one; NaN where unknown
     * @return the convention
     */
    public DecayConvention convention(
            Family family, CoupledSgd momentum, ToDoubleFunction<Factor.Quantity> quantities) {
        return kind.convention(family, momentum, factor.at(quantities));
    }

    @Override
    public String toString() {
        return framework + " " + id;
    }
}
