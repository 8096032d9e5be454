package dev.wane.formats.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose defaults a file with Hugging Face's arguments has. */
final class TrainerDefaults {
    /** Arguments that only ms-swift has, whatever script starts it. */
    private static final String[] SWIFT_KEYS = {"rlhf_type", "sft_type", "split_dataset_ratio", "template_type"};

    private static final Pattern TRL = Pattern.compile("(?:^|[\\s/])trl\\s+(sft|dpo|grpo|kto|reward|rloo)\\b");

    private TrainerDefaults() {}

    /** Those of the trainer itself, of ms-swift where a script starts that, of nobody in a script's section. */
    static Defaults of(Lookup root, Sources sources) {
        return root.has(HfSectionConfig.SECTION)
                ? Defaults.unknown("the script that reads the section")
                : Defaults.of(program(root), sources);
    }

    /** ms-swift accumulates to a batch of 16 where nothing is written. */
    static boolean swift(Lookup root) {
        return root.textOr("", "$command").matches("(.*/)?swift\\s.*") || root.has(SWIFT_KEYS);
    }

    /** The script of the QLoRA paper, whose own arguments have other defaults. */
    static boolean qlora(Lookup root) {
        return root.textOr("", "$command").matches("(.*[\\s/])?qlora\\.py");
    }

    /** The trainer that {@code trl sft …} starts, whose learning rate is its own; empty for another program. */
    static Optional<String> ofTrl(Lookup root) {
        Matcher started = TRL.matcher(root.textOr("", "$command"));
        return started.find() ? Optional.of(started.group(1)) : Optional.empty();
    }

    private static String program(Lookup root) {
        if (!swift(root)) {
            return qlora(root) ? "qlora" : "transformers";
        }
        return root.textOr("lora", "tuner_type", "train_type").equals("full") ? "ms-swift-full" : "ms-swift";
    }
}
