package dev.wane.formats.config;

import dev.wane.formats.config.Resolution.Found;
import dev.wane.framework.Optimizer;
import dev.wane.framework.Registry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What the names of {@code optim} under Hugging Face's trainer mean. */
final class HfOptim {
    private static final Map<String, List<String>> ROWS = Map.ofEntries(
            Map.entry("adamw_torch", List.of("hf", "adamw_torch")),
            Map.entry("adamw_torch_fused", List.of("hf", "adamw_torch_fused")),
            Map.entry("adamw_torch_xla", List.of("hf", "adamw_torch")),
            Map.entry("adamw_torch_npu_fused", List.of("hf", "adamw_torch_fused")),
            Map.entry("adamw_torch_8bit", List.of("hf", "adamw_torch")),
            Map.entry("adamw_torch_4bit", List.of("hf", "adamw_torch")),
            Map.entry("adamw_hf", List.of("hf", "adamw_hf")),
            Map.entry("adamw_apex_fused", List.of("apex", "fused_adam")),
            Map.entry("adamw_anyprecision", List.of("hf", "adamw_torch")),
            Map.entry("adamw_bnb_8bit", List.of("bnb", "adamw")),
            Map.entry("adamw_8bit", List.of("bnb", "adamw")),
            Map.entry("paged_adamw", List.of("bnb", "adamw")),
            Map.entry("paged_adamw_32bit", List.of("bnb", "adamw")),
            Map.entry("paged_adamw_8bit", List.of("bnb", "adamw")),
            Map.entry("ademamix", List.of("bnb", "ademamix")),
            Map.entry("ademamix_8bit", List.of("bnb", "ademamix")),
            Map.entry("paged_ademamix_32bit", List.of("bnb", "ademamix")),
            Map.entry("paged_ademamix_8bit", List.of("bnb", "ademamix")),
            Map.entry("lion_32bit", List.of("bnb", "lion")),
            Map.entry("lion_8bit", List.of("bnb", "lion")),
            Map.entry("paged_lion_32bit", List.of("bnb", "lion")),
            Map.entry("paged_lion_8bit", List.of("bnb", "lion")),
            Map.entry("rmsprop_bnb", List.of("bnb", "rmsprop")),
            Map.entry("rmsprop", List.of("torch", "rmsprop")),
            Map.entry("rmsprop_bnb_8bit", List.of("bnb", "rmsprop")),
            Map.entry("rmsprop_bnb_32bit", List.of("bnb", "rmsprop")),
            Map.entry("adafactor", List.of("hf", "adafactor")),
            Map.entry("stable_adamw", List.of("optimi", "stableadamw")),
            Map.entry("grokadamw", List.of("grokadamw", "grokadamw")),
            Map.entry("schedule_free_sgd", List.of("schedule_free", "sgd")),
            Map.entry("schedule_free_radam", List.of("schedule_free", "radam")),
            Map.entry("sgd", List.of("torch", "sgd")),
            Map.entry("adagrad", List.of("torch", "adagrad")),
            Map.entry("schedule_free_adamw", List.of("schedule_free", "adamw")));

    /** LLaMA-Factory's, each of which trains with another optimizer than {@code optim} says. */
    private static final List<String> SWITCHES =
            List.of("use_muon", "use_galore", "use_apollo", "use_badam", "use_adam_mini");

    private HfOptim() {}

    /** The optimizer's name. One whose arguments or switches make another of it has a name that is not known. */
    static void resolve(Lookup root, Resolution.Builder to) {
        to.text("optimizer", root, "optim");
        if (root.flag("adafactor")) {
            to.put(
                    "optimizer",
                    "adafactor",
                    Objects.requireNonNull(root.text("adafactor")).origin());
        }
        for (String key : SWITCHES) {
            Found<String> found = root.text(key);
            if (found != null && root.flag(key)) {
                to.put("optimizer", key.replaceFirst("use_", ""), found.origin());
            }
        }
        Found<String> custom = root.text("optimizer");
        if (custom != null
                && custom.value() != null
                && root.textOr("", "$command").contains("swift")) {
            to.put("optimizer", custom.value() + " (a plugin)", custom.origin());
        }
        if (root.textOr("", "optim_args").contains("decouple_lr")) {
            to.put(
                    "optimizer",
                    to.text("optimizer") + " with decouple_lr",
                    Objects.requireNonNull(root.text("optim_args")).origin());
        }
    }

    /** The registry's row; empty for a name that Wane does not know. */
    static Optional<Optimizer> row(String optim) {
        List<String> row = ROWS.get(optim.toLowerCase(Locale.ROOT).replace("optimizernames.", ""));
        return row == null ? Optional.empty() : Registry.find(row.get(0), row.get(1));
    }
}
