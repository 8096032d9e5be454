package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import dev.wane.lint.Severity;
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
            to.known("weightDecay", penalty.get(), "")
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

    /** The first penalty of a kernel that is found. */
    private static Optional<Found<Double>> penalty(Lookup root) {
        return search(root.root(), 0);
    }

    private static Optional<Found<Double>> search(Node node, int depth) {
        if (depth > 40) {
            return Optional.empty();
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream()
                    .map(item -> search(item, depth + 1))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        Found<Double> found =
                new Lookup(mapping).number("kernel_regularizer.config.l2", "depthwise_regularizer.config.l2");
        if (found != null && found.value() != null && found.value() > 0) {
            return Optional.of(found);
        }
        return mapping.entries().values().stream()
                .map(entry -> search(entry.value(), depth + 1))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<Finding> twice(@Nullable Found<Double> own, Optional<Found<Double>> penalty) {
        if (own == null || own.value() == null || own.value() == 0 || penalty.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                "double-decay",
                Severity.WARNING,
                "weightDecay",
                "the optimizer decays by " + own.value() + " and a kernel_regularizer adds an L2 penalty of "
                        + penalty.get().value() + ": the same weights are decayed twice",
                "keep one of them",
                "keras-team/keras"));
    }
}
