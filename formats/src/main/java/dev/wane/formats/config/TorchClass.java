package dev.wane.formats.config;

import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the class paths of Python's optimizers mean: {@code torch.optim.AdamW}, {@code bitsandbytes.optim.AdamW8bit}. */
final class TorchClass {
    private static final Map<String, String> MODULES = Map.of(
            "torch",
            "torch",
            "bitsandbytes",
            "bnb",
            "deepspeed",
            "deepspeed",
            "apex",
            "apex",
            "transformers",
            "hf",
            "timm",
            "timm",
            "lion_pytorch",
            "lucidrains",
            "composer",
            "composer",
            "sophia",
            "sophia",
            "optax",
            "optax");
    private static final Map<String, String> NAMES = Map.of(
            "fusedadam",
            "fused_adam",
            "fusedlamb",
            "fused_lamb",
            "fusedsgd",
            "fused_sgd",
            "decoupledadamw",
            "decoupled_adamw",
            "decoupledsgdw",
            "decoupled_sgdw",
            "decoupledlionw",
            "decoupled_lionw",
            "deepspeedcpuadam",
            "cpu_adam",
            "sophiag",
            "sophia_g");

    private static final Map<String, String> DECOUPLED =
            Map.of("adam", "adamw", "nadam", "nadam_decoupled", "radam", "radam_decoupled");

    private TorchClass() {}

    /** The same with torch's flag that takes λ out of the gradient. */
    static Optional<Optimizer> row(@Nullable String path, boolean decoupled) {
        Optional<Optimizer> row = row(path);
        return decoupled ? row.map(TorchClass::decoupled) : row;
    }

    private static Optimizer decoupled(Optimizer row) {
        return row.framework().equals("torch")
                ? Registry.find("torch", DECOUPLED.getOrDefault(row.id(), row.id()))
                        .orElse(row)
                : row;
    }

    /** The registry's row; a name without a module is one of torch. Empty for a class that Wane does not know. */
    static Optional<Optimizer> row(@Nullable String path) {
        if (path == null) {
            return Optional.empty();
        }
        String first = path.contains(".") ? path.substring(0, path.indexOf('.')) : "torch";
        String framework = MODULES.get(first);
        String name = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String id =
                NAMES.getOrDefault(name, name).replaceAll("_?(8bit|32bit)$", "").replaceFirst("^paged", "");
        if (framework == null) {
            return Optional.empty();
        }
        boolean old = framework.equals("hf") && id.equals("adamw");
        boolean deep = framework.equals("deepspeed") && id.equals("fused_adam");
        return Registry.find(framework, old ? "adamw_hf" : deep ? "adam" : id);
    }
}
