package dev.wane.lab.past;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss",
                "train_loss",
                "val/acc best",
                "eval.perplexity",
                "testError",
                "Runtime",
                "top-1 accuracy",
                "valLoss (final)"
            })
    void whatARunGaveIsAResult(String name) {
        assertThat(ResultName.is(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "loss_weight",
                "label_smoothing",
                "dropout",
                "score_function",
                "warmup_steps",
                "augment",
                "seed",
                "max"
            })
    void whatItWasGivenIsNone(String name) {
        assertThat(ResultName.is(name)).isFalse();
    }
}
