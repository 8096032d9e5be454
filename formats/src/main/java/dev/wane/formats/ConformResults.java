package dev.wane.formats;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.problem.Problems;
import dev.wane.formats.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what an implementation computed: {@code {"case name": [[weights after step 0], …], …}}. */
public final class ConformResults {
    private ConformResults() {}

    /**
     * The weights by case.
     *
     * @throws InputException with every problem
     */
    public static Map<String, List<double[]>> read(Node node) {
        Problems problems = new Problems();
        Map<String, List<double[]>> results = new LinkedHashMap<>();
        if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach((name, entry) -> {
                List<double[]> steps = steps(name, entry.value(), problems);
                if (steps != null) {
                    results.put(name, steps);
                }
            });
        } else {
            problems.add(node.position(), "results must be a mapping of case names to weights, got " + node.kind());
        }
        problems.throwIfAny();
        return results;
    }

    private static @Nullable List<double[]> steps(String name, Node node, Problems problems) {
        if (!(node instanceof Node.Sequence sequence)) {
            problems.add(node.position(), name + " must be a list of steps, got " + node.kind());
            return null;
        }
        List<double[]> steps = new ArrayList<>();
        for (Node item : sequence.items()) {
            List<Double> weights = Fields.numbers(item, name, NumberRule.ANY, problems);
            if (weights == null) {
                return null;
            }
            steps.add(weights.stream().mapToDouble(Double::doubleValue).toArray());
        }
        return steps;
    }
}
