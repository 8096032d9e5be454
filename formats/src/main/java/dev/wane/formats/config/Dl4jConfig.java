package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.formats.tree.Node;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.lint.Finding;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** DL4J's {@code configuration.json}: updater and regularization of its first layer with weights. */
final class Dl4jConfig implements ConfigFormat {
    private static final int DEEPEST = 40;

    @Override
    public String id() {
        return "dl4j";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("confs", "vertices", "networkInputs", "backpropType")
                && layer(root.root(), 0).isPresent();
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Lookup layer = layer(sources.main(), 0).orElse(root.empty());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        Found<String> updater = layer.text("iUpdater.@class", "iupdater.@class");
        to.known("optimizer", updater, "the layer's updater")
                .known("learningRate", rate(layer), "the updater's learning rate")
                .optional("beta1", layer.number("iUpdater.beta1", "iupdater.beta1"))
                .optional("beta2", layer.number("iUpdater.beta2", "iupdater.beta2"))
                .optional("eps", layer.number("iUpdater.epsilon", "iupdater.epsilon"))
                .optional("momentum", layer.number("iUpdater.momentum", "iupdater.momentum"));
        if (String.valueOf(to.text("optimizer")).endsWith("Nesterovs")) {
            to.byDefault("nesterov");
        }
        List<Finding> findings = Dl4jRegularization.read(layer, to);
        to.known("batchSize", null, "the iterator's batch: a model does not hold it")
                .datasetSize(sources);
        String name = String.valueOf(to.text("optimizer"));
        return ResolvedConfig.of(
                id(),
                to,
                row(name.substring(name.lastIndexOf('.') + 1)),
                resolution -> null,
                new Context(false, false, false, to.build().given("weightDecay"), false),
                findings);
    }

    /** Under a schedule the rate itself is NaN. */
    private static @Nullable Found<Double> rate(Lookup layer) {
        for (String updater : List.of("iUpdater", "iupdater")) {
            for (String key :
                    List.of("learningRate", "learningRateSchedule.initialValue", "learningRateSchedule.value")) {
                Found<Double> rate = layer.number(updater + "." + key);
                if (rate != null && rate.value() != null) {
                    return rate;
                }
            }
        }
        return null;
    }

    private static Optional<Optimizer> row(String updater) {
        return switch (updater) {
            case "Adam" -> Registry.find("dl4j", "adam");
            case "Sgd", "Nesterovs" -> Registry.find("dl4j", "sgd");
            default -> Optional.empty();
        };
    }

    /** The first mapping with an updater that has a learning rate. */
    private static Optional<Lookup> layer(Node node, int depth) {
        if (depth > DEEPEST) {
            return Optional.empty();
        }
        if (node instanceof Node.Sequence list) {
            return list.items().stream()
                    .map(item -> layer(item, depth + 1))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return Optional.empty();
        }
        Lookup lookup = new Lookup(mapping);
        if (lookup.textOr("", "@class").contains("Frozen")) {
            return Optional.empty();
        }
        return lookup.has("iUpdater.@class", "iupdater.@class")
                ? Optional.of(lookup)
                : mapping.entries().values().stream()
                        .map(entry -> layer(entry.value(), depth + 1))
                        .flatMap(Optional::stream)
                        .findFirst();
    }
}
