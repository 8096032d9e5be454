package dev.wane.formats.config;

import dev.wane.framework.Registry;
import dev.wane.lint.Context;
import dev.wane.schedule.Constant;
import dev.wane.schedule.Schedule;
import dev.wane.schedule.Wsd;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The YAML of dion's training script: Muon or Dion for matrices, another optimizer without decay for the rest. */
final class DionConfig implements ConfigFormat {
    @Override
    public String id() {
        return "dion";
    }

    @Override
    public boolean recognises(Lookup root) {
        return root.has("num_iterations")
                && root.has("optimizer")
                && root.has("scalar_opt", "mu", "device_batch_size", "warmdown_ratio");
    }

    @Override
    public ResolvedConfig resolve(Sources sources) {
        Lookup root = new Lookup(sources.main());
        Resolution.Builder to = new Resolution.Builder(Defaults.of(id(), sources));
        to.text("optimizer", root, "optimizer")
                .number("learningRate", root, "lr")
                .number("weightDecay", root, "weight_decay")
                .number("momentum", root, "mu")
                .number("batchSize", root, "batch_size")
                .number("sequenceLength", root, "sequence_length")
                .number("steps", root, "num_iterations");
        String name =
                String.valueOf(to.text("optimizer")).toLowerCase(Locale.ROOT).replaceFirst("_?(reference|simple)$", "");
        if (name.equals("adamw")) {
            to.byDefault("beta1").byDefault("beta2");
        } else if (name.equals("muon")) {
            to.byDefault("nesterov");
        }
        return ResolvedConfig.of(
                id(),
                to,
                Registry.find("dion", name)
                        .or(() -> name.equals("adamw") ? Registry.find("torch", name) : Optional.empty()),
                resolution -> schedule(root, resolution),
                new Context(false, false, false, to.build().given("weightDecay"), false),
                List.of());
    }

    private static Schedule schedule(Lookup root, Resolution resolution) {
        Double steps = resolution.number("steps");
        double run = steps == null ? 0 : steps;
        double decay = root.numberOr(0.2, "warmdown_ratio") * run;
        long warmup = (long) Math.rint(Math.max(0, root.numberOr(0.01, "warmup_ratio")) * run);
        return new Schedule(decay >= 1 ? new Wsd((long) decay, 0) : new Constant(), warmup);
    }
}
