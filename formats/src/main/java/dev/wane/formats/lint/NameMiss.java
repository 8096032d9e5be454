package dev.wane.formats.lint;

import dev.wane.formats.config.ResolvedConfig;
import dev.wane.groups.DecayMap;
import dev.wane.groups.NamedShape;
import dev.wane.groups.ParameterRole;
import dev.wane.groups.TrainerPolicy;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import dev.wane.recipe.Recipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Norm gains, biases and scales of a model that a trainer means to leave out and decays, because of their names. */
final class NameMiss {
    private static final Map<String, TrainerPolicy> GROUPED_BY = Map.of(
            "hf-trainer", TrainerPolicy.HF_TRAINER,
            "axolotl", TrainerPolicy.HF_TRAINER,
            "timm", TrainerPolicy.TIMM,
            "nanogpt", TrainerPolicy.NANOGPT);
    private static final Set<ParameterRole> VECTORS =
            Set.of(ParameterRole.NORM, ParameterRole.BIAS, ParameterRole.SCALAR);
    private static final int NAMED = 3;

    private NameMiss() {}

    /** Empty where nothing is missed or decayed, or how the trainer groups parameters is not known. */
    static Optional<Finding> of(ResolvedConfig config, List<NamedShape> model) {
        TrainerPolicy policy = GROUPED_BY.get(config.format());
        Recipe recipe = config.recipe();
        Double decay = recipe == null ? null : recipe.weightDecay();
        if (policy == null || decay == null || decay == 0) {
            return Optional.empty();
        }
        List<String> missed = DecayMap.of(model, policy).missed().stream()
                .filter(entry -> VECTORS.contains(entry.role().role()))
                .filter(entry -> !entry.role().doubtful())
                .map(entry -> entry.parameter().name())
                .toList();
        return missed.isEmpty() ? Optional.empty() : Optional.of(finding(policy, missed));
    }

    private static Finding finding(TrainerPolicy policy, List<String> missed) {
        String more = missed.size() > NAMED ? " and " + (missed.size() - NAMED) + " more" : "";
        return new Finding(
                "name-miss",
                Severity.WARNING,
                "weightDecay",
                "the trainer leaves norm gains, biases and scales out by its rule, which misses "
                        + String.join(", ", missed.subList(0, Math.min(NAMED, missed.size()))) + more
                        + ": they are decayed",
                "parameter groups of your own: wane groups MODEL --policy " + policy.id()
                        + " shows what is missed, --emit code writes groups",
                "the trainer's own rule");
    }
}
