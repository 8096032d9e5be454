package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A saved Keras model: its optimizer from the compile configuration, and penalties of its layers. */
final class KerasConfig implements ConfigFormat {
    @Override
    public String id() {
        return "keras";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("compile_config.optimizer", "training_config.optimizer_config")
                || (root.has("class_name") && root.has("config.layers"));
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Found<String> bare =
                root.section("compile_config.optimizer").isPresent() ? null : root.text("compile_config.optimizer");
        Lookup optimizer = root.section("compile_config.optimizer")
                .or(() -> root.section("training_config.optimizer_config"))
                .map(KerasConfig::inner)
                .orElse(root.empty());
        Lookup config = optimizer.section("config").orElse(root.empty());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.known(
                "optimizer",
                bare == null ? optimizer.text("class_name") : bare,
                "the optimizer: the model was saved without compile()");
        Lookup rate = config.section("learning_rate")
                .flatMap(it -> it.section("config"))
                .orElse(root.empty());
        Found<Double> scheduled = rate.number("warmup_target", "initial_learning_rate");
        String name = String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT);
        String id = name.substring(name.indexOf('>') + 1);
        if (bare != null) {
            to.put(
                    "learningRate",
                    id.equals("sgd") ? 0.01 : 0.001,
                    new Origin.DefaultOf(to.defaults().program()));
        } else {
            to.known("learningRate", scheduled == null ? config.number("learning_rate") : scheduled, "learning_rate");
        }
        Found<Double> own = config.number("weight_decay");
        Optional<Found<Double>> penalty = penalty(root);
        decay(own, penalty, id, to);
        to.optional("beta1", config.number("beta_1"))
                .optional("beta2", config.number("beta_2"))
                .number("eps", config, "epsilon")
                .optional("momentum", config.number("momentum"))
                .optional("nesterov", config.text("nesterov"))
                .known(
                        "batchSize",
                        null,
                        "fit(batch_size=…): a model does not hold it, --batch-size N in explain and plan")
                .datasetSize(sources);
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find(framework(optimizer, name), id),
                resolution -> null,
                new Context(false, false, false, to.build().given("weightDecay"), false),
                twice(own, penalty));
    }

    /** What scales the loss holds the optimizer. */
    private static Lookup inner(Lookup optimizer) {
        return optimizer.section("config.inner_optimizer").orElse(optimizer);
    }

    /** A class that was registered under a package is that package's. */
    private static String framework(Lookup optimizer, String name) {
        String registered = optimizer.textOr(name, "registered_name").toLowerCase(Locale.ROOT);
        String owner = registered.contains(">") ? registered.substring(0, registered.indexOf('>')) : "keras";
        return owner.equals("addons") ? "tfa" : owner;
    }

    /** The optimizer's own decay, else the layers' penalty beside it. */
    private static void decay(
            @Nullable Found<Double> own, Optional<Found<Double>> penalty, String id, Resolution.Builder to) {
        boolean none = own == null || (own.value() != null && own.value() == 0);
        if (none && penalty.isPresent()) {
            to.known("weightDecay", penalty.get(), "its layers have different penalties")
                    .put("regularizer", "l2", penalty.get().origin());
        } else if (own == null) {
            to.put(
                    "weightDecay",
                    id.equals("adamw") || id.equals("muon") ? 0.004 : 0,
                    new Origin.DefaultOf(to.defaults().program()));
        } else {
            to.known("weightDecay", own, "");
        }
    }

    /** The penalty of every kernel that has one; a value that is not known where they differ. */
    private static Optional<Found<Double>> penalty(Lookup root) {
        List<Found<Double>> found = new ArrayList<>();
        search(root.root(), 0, found);
        boolean alike = found.stream().map(Found::value).distinct().count() < 2;
        return found.stream().findFirst().map(first -> alike ? first : new Found<>(null, first.origin()));
    }

    private static void search(Node node, int depth, List<Found<Double>> found) {
        if (depth > 40) {
            return;
        }
        if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> search(item, depth + 1, found));
        } else if (node instanceof Node.Mapping mapping) {
            for (String kind : List.of("kernel", "depthwise", "pointwise", "recurrent")) {
                Found<Double> penalty = new Lookup(mapping).number(kind + "_regularizer.config.l2");
                if (penalty != null && penalty.value() != null && penalty.value() > 0) {
                    found.add(penalty);
                }
            }
            mapping.entries().values().forEach(entry -> search(entry.value(), depth + 1, found));
        }
    }

    private static List<Finding> twice(@Nullable Found<Double> own, Optional<Found<Double>> penalty) {
        if (own == null || own.value() == null || own.value() == 0 || penalty.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                "double-decay",
                Severity.WARNING,
                "weightDecay",
                "the optimizer decays by " + own.value() + " and a kernel_regularizer adds an L2 penalty"
                        + (penalty.get().value() == null
                                ? ""
                                : " of " + penalty.get().value()) + ": the same weights are decayed twice",
                "keep one of them",
                "keras-team/keras"));
    }
}
