package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import java.util.Map;
import java.util.Optional;

/** An optimizer as jsonargparse writes it: {@code class_path} and {@code init_args}, or a name alone. */
final class ClassPath {
    /** torch's learning rates that are not 1e-3. */
    private static final Map<String, Double> RATES =
            Map.of("rmsprop", 0.01, "adagrad", 0.01, "asgd", 0.01, "adadelta", 1.0, "nadam", 2e-3, "adamax", 2e-3);

    private ClassPath() {}

    /** Its row and its arguments; the program's own default where none is written. */
    static Optional<Optimizer> optimizer(Lookup root, Resolution.Builder to, String fallback) {
        Found<String> path = root.text("optimizer.class_path");
        Found<String> name = path == null ? root.text("optimizer") : path;
        if (name == null) {
            to.put("optimizer", fallback, new Origin.DefaultOf("the program"));
        } else {
            to.known("optimizer", name, "");
        }
        Lookup arguments =
                root.section("optimizer").flatMap(it -> it.section("init_args")).orElse(root.empty());
        Optional<Optimizer> row = OptimizerFlags.applied(
                TorchClass.row(to.text("optimizer"), arguments.flag("decoupled_weight_decay")), arguments);
        String program = row.map(Object::toString).orElse("the optimizer");
        if (arguments.has("lr")) {
            to.known("learningRate", arguments.number("lr"), "");
        } else {
            to.put(
                    "learningRate",
                    row.filter(it -> it.framework().equals("torch"))
                            .map(it -> RATES.getOrDefault(it.id(), 1e-3))
                            .orElse(null),
                    row.filter(it -> it.framework().equals("torch")).isPresent()
                            ? new Origin.DefaultOf(program)
                            : new Origin.Unresolved("init_args.lr"));
        }
        double usual = row.map(Optimizer::defaultWeightDecay).orElse(Double.NaN);
        if (arguments.has("weight_decay") || Double.isNaN(usual)) {
            to.known("weightDecay", arguments.number("weight_decay"), "init_args.weight_decay");
        } else {
            to.put("weightDecay", usual, new Origin.DefaultOf(program));
        }
        to.betas(arguments.pair("betas"))
                .optional("eps", arguments.number("eps"))
                .optional("momentum", arguments.number("momentum"))
                .optional("nesterov", arguments.text("nesterov"));
        return row;
    }
}
