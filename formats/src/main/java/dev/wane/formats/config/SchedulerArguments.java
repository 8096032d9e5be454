package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code lr_scheduler_kwargs} of Hugging Face's trainer, as a mapping or as the JSON text that a command line takes. An
 * argument that bends a schedule in a way that is not followed leaves the schedule unknown.
 */
final class SchedulerArguments {
    private static final String KEY = "lr_scheduler_kwargs";
    private static final Map<String, List<String>> FOLLOWED = Map.of(
            "cosine", List.of(),
            "cosine_with_min_lr", List.of("min_lr", "min_lr_rate"),
            "cosine_warmup_with_min_lr", List.of("min_lr", "min_lr_rate"),
            "cosine_with_restarts", List.of("num_cycles"),
            "polynomial", List.of("lr_end"),
            "warmup_stable_decay", List.of("num_stable_steps", "num_decay_steps", "min_lr_ratio", "decay_type"));
    /** What makes no difference. */
    private static final Map<String, Double> USUAL = Map.of("num_cycles", 0.5, "power", 1.0, "warmup_lr_rate", 0.0);

    private SchedulerArguments() {}

    /** The arguments as a mapping under their key; the configuration as it is where they are none. */
    static Lookup in(Lookup root) {
        Found<String> text = root.text(KEY);
        if (text == null || text.value() == null || !text.value().strip().startsWith("{")) {
            return root;
        }
        Optional<Node> parsed = parse(text.value());
        return parsed.map(tree -> root.with(KEY, tree)).orElse(root);
    }

    private static Optional<Node> parse(String text) {
        try {
            return Optional.of(TreeReader.parse(KEY + ".json", text));
        } catch (InputException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the schedule is followed with all that it is given.
     *
     * @param root with the arguments as a mapping
     */
    static boolean followed(Lookup root, String kind) {
        if (!root.has(KEY)) {
            return true;
        }
        Optional<Lookup> arguments = root.section(KEY);
        List<String> known = FOLLOWED.getOrDefault(kind, List.of());
        boolean each = arguments.isPresent()
                && arguments.get().root().entries().keySet().stream()
                        .allMatch(name -> known.contains(name) || usual(arguments.get(), name));
        return each
                && !(kind.equals("warmup_stable_decay")
                        && warms(root)
                        && arguments.get().numberOr(0, "min_lr_ratio") > 0);
    }

    private static boolean usual(Lookup arguments, String name) {
        return name.equals("warmup_type")
                ? arguments.textOr("", name).equals("linear")
                : USUAL.containsKey(name) && USUAL.get(name).equals(arguments.numberOr(Double.NaN, name));
    }

    /** The stable schedule's warm-up begins at its floor. */
    private static boolean warms(Lookup root) {
        return root.numberOr(0, "warmup_steps") > 0 || root.numberOr(0, "warmup_ratio") > 0;
    }
}
