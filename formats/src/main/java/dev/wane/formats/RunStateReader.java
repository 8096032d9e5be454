package dev.wane.formats;

import dev.wane.elastic.RescalePolicy;
import dev.wane.elastic.RunState;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import dev.wane.recipe.LearningRateRule;
import dev.wane.recipe.Recipe;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads the state of an elastic run: {@code reference} (a recipe), {@code samplesSeen}, {@code batchSize} and
 * {@code policy}, all but the reference optional.
 */
public final class RunStateReader {
    private static final List<String> KEYS = List.of("version", "reference", "samplesSeen", "batchSize", "policy");
    private static final List<String> POLICY_KEYS =
            List.of("learningRateRule", "scaleBetas", "criticalBatch", "warmupSamples");

    private RunStateReader() {}

    /**
     * Reads a state.
     *
     * @throws InputException with every problem
     */
    public static RunState read(Node node) {
        Problems problems = new Problems();
        RunState state = read(node, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(state);
    }

    /** Reads a state beside other input; null where it has problems. */
    public static @Nullable RunState read(Node node, Problems all) {
        Problems problems = new Problems();
        Fields fields = Fields.of(node, "a run state", problems, KEYS);
        fields.require("reference", "a run state");
        Recipe reference = fields.node("reference")
                .map(tree -> RecipeReader.read(tree, "reference", RecipeReader.KEYS, problems))
                .orElse(null);
        if (reference != null) {
            need(reference.learningRate(), "learningRate", fields);
            need(reference.weightDecay(), "weightDecay", fields);
            need(reference.batchSize(), "batchSize", fields);
        }
        double samples = fields.number("samplesSeen", NumberRule.NON_NEGATIVE, 0);
        Double batch = fields.number("batchSize", NumberRule.POSITIVE);
        RescalePolicy policy = policy(fields, reference, problems);
        problems.copyTo(all);
        if (reference == null || !problems.isEmpty()) {
            return null;
        }
        return new RunState(
                reference, samples, batch == null ? Objects.requireNonNull(reference.batchSize()) : batch, policy);
    }

    private static void need(@Nullable Object value, String key, Fields fields) {
        if (value == null) {
            fields.problem("reference", "reference needs the key '" + key + "'");
        }
    }

    private static RescalePolicy policy(Fields state, @Nullable Recipe reference, Problems problems) {
        boolean adaptive = reference == null || reference.family().adaptive();
        LearningRateRule usual = adaptive ? LearningRateRule.SQRT : LearningRateRule.LINEAR;
        Node node = state.node("policy").orElse(null);
        if (node == null) {
            return new RescalePolicy(usual, false, null, 0);
        }
        Fields fields = Fields.of(node, "policy", problems, POLICY_KEYS);
        LearningRateRule rule = fields.choice("learningRateRule", rules());
        return new RescalePolicy(
                rule == null ? usual : rule,
                fields.flag("scaleBetas"),
                fields.number("criticalBatch", NumberRule.POSITIVE),
                fields.number("warmupSamples", NumberRule.NON_NEGATIVE, 0));
    }

    private static Map<String, LearningRateRule> rules() {
        Map<String, LearningRateRule> rules = new LinkedHashMap<>();
        Arrays.stream(LearningRateRule.values()).forEach(rule -> rules.put(rule.id(), rule));
        return rules;
    }
}
