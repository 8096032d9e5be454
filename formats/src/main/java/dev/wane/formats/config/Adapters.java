package dev.wane.formats.config;

import java.util.regex.Pattern;

/** Whether a trainer's arguments train adapters beside weights that stay. */
final class Adapters {
    /** {@code use_peft}, {@code use_lora}, and a rank for a part of a model: {@code use_llm_lora 16}. */
    private static final Pattern SWITCH = Pattern.compile("use_(?:peft|(?:\\w+_)?q?lora)");

    private Adapters() {}

    static boolean in(Lookup root) {
        return (TrainerDefaults.qlora(root) && !root.flag("full_finetune"))
                || root.has("lora_r", "lora_rank", "peft_config", "lora_target")
                || root.textOr("", "finetuning_type").equals("lora")
                || root.root().entries().keySet().stream()
                        .filter(key -> SWITCH.matcher(key.replace('-', '_')).matches())
                        .anyMatch(key -> root.flag(key) || root.numberOr(0, key) > 0);
    }
}
