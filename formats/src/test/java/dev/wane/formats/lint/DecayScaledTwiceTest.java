package dev.wane.formats.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wane.formats.config.RunFacts;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecayScaledTwiceTest {
    private static final String NANOGPT = """
            batch_size = 64
            block_size = 1024
            gradient_accumulation_steps = 1
            max_iters = 1000
            lr_decay_iters = 1000
            eval_interval = 100
            out_dir = "out"
            learning_rate = %s
            weight_decay = %s
            """;

    @Test
    void bothInProportionToTheBatchIsFound() {
        assertThat(rules("6e-4 * batch_size / 12", "0.1 * batch_size / 12  # scaled"))
                .contains("decay-scaled-twice");
    }

    @ParameterizedTest
    @CsvSource({
        "6e-4 * batch_size / 12, 0.1",
        "6e-4, 0.1 * batch_size / 12",
        "6e-4 * (batch_size / 12) ** 0.5, 0.1 * batch_size / 12",
        "6e-4 * batch_size / 12, 0.1 * 12 / batch_size",
        "6e-4 * 64 / 12, 0.1 * 64 / 12",
        "1e-3 * batch_size / 64, batch_size / (learning_rate * 640000)",
        "6e-4 * 64 / (batch_size), 0.1 * 64 / (batch_size)"
    })
    void oneOfTheTwoOrAnotherPowerIsNot(String learningRate, String weightDecay) {
        assertThat(rules(learningRate, weightDecay)).doesNotContain("decay-scaled-twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1 * args.batch_size / 256",
                "${eval:0.1 * ${batch} / 256}",
                "1e-3 * (config.input.batch_size / 1024)",
                "batch_size * world_size * 1e-6"
            })
    void aBatchAmongTheFactorsIsSeen(String line) {
        assertThat(DecayScaledTwice.linear(DecayScaledTwice.upToItsEnd(line))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1 / batch_size",
                "0.1 * 64 / (batch_size)",
                "0.1 * math.sqrt(batch_size / 256)",
                "0.1  # for batch_size * 2",
                "base_lr",
                "min(0.1, 1e-3 * batch_size)"
            })
    void whatIsNoProportionIsNot(String line) {
        assertThat(DecayScaledTwice.linear(DecayScaledTwice.upToItsEnd(line))).isFalse();
    }

    /** Both in one line, as OpenMMLab's files have them. */
    @Test
    void anotherArgumentOfTheLineIsNot() {
        assertThat(DecayScaledTwice.upToItsEnd("1e-4 * (a, b)[0], momentum=0.9 * batch_size))"))
                .isEqualTo("1e-4 * (a, b)[0]");
    }

    private static List<String> rules(String learningRate, String weightDecay) {
        String text = NANOGPT.formatted(learningRate, weightDecay);
        Node.Mapping tree = (Node.Mapping) TreeReader.parse("train.py", text);
        return Linter.lint("train.py", RunFacts.NONE.resolve(tree), List.of(), text).findings().stream()
                .map(placed -> placed.finding().rule())
                .toList();
    }
}
