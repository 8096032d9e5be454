package dev.wane.formats.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wane.formats.problem.InputException;
import dev.wane.formats.tree.Node;
import dev.wane.formats.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that mean another thing to another program, and what a script leaves to others. */
class OtherProgramsTest {
    private static final String MEGATRON = "torchrun pretrain_gpt.py --micro-batch-size 1 --global-batch-size 8"
            + " --lr 1e-4 --seq-length 128 --lr-decay-style constant ";
    private static final String HF = "--per_device_train_batch_size 4 --learning_rate 1e-4 --output_dir o ";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a fork of torchtitan accumulates | {job: {}, training: {batch_size: 4, gradient_accumulation_steps: 3, seq_len: 8, steps: 9}, optimizer: {name: AdamW, lr: 1e-3}} | batchSize | 24.0",
                "a script's short name | {lr: 1e-3, optimizer: adamw, batch_size: 64, acc_steps: 4} | accumulation | 4.0",
                "a script's strange name | {lr: 1e-3, optimizer: adamw, batch_size: 64, my_accum: 4} | accumulation | null",
                "a script's whole batch | {lr: 1e-3, optimizer: adamw, batch_size: 16, total_batch_size: 512} | batchSize | 512.0",
                "there are many Muons | {lr: 1e-3, optimizer: muon, batch_size: 16} | optimizer | null",
                "a part of a model has adapters | {per_device_train_batch_size: 4, learning_rate: 1e-4, model_name_or_path: m, use_llm_lora: 16} | start | adapter",
                "a rank of 0 is none | {per_device_train_batch_size: 4, learning_rate: 1e-4, model_name_or_path: m, use_llm_lora: 0} | start | pretrained",
                "samples of a length are packed | {per_device_train_batch_size: 4, learning_rate: 1e-4, max_seq_length: 64, packing: true} | sequenceLength | 64.0",
                "or as long as they are | {per_device_train_batch_size: 4, learning_rate: 1e-4, max_seq_length: 64} | sequenceLength | null"
            })
    void anArgumentIsKnown(String habit, String text, String quantity, String value) {
        assertThat(String.valueOf(read("a.yaml", text).text(quantity)))
                .as(habit)
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ms-swift before another program | swift sft --model m --train_type full HF\\npython src/eval.py --model o | weightDecay | 0.1",
                "a training before an evaluation | A=(HF)\\ntorchrun run_clm.py ${A[@]}\\npython evaluate.py --model o | learningRate | 1.0E-4",
                "QLoRA's own script | python qlora.py --model_name_or_path m --output_dir o --per_device_train_batch_size 1 --lora_r 64 --optim paged_adamw_32bit | learningRate | 2.0E-4",
                "and its length | python qlora.py --model_name_or_path m --output_dir o --per_device_train_batch_size 1 --lora_r 64 --optim paged_adamw_32bit | steps | 10000.0",
                "ms-swift behind another script | python rlhf_ds.py --rlhf_type grpo --train_type full HF | weightDecay | 0.1",
                "a schedule in a file that is not there | deepspeed train.py --deepspeed no.json HF | schedule | null",
                "a switch beside the file's name | deepspeed train.py --deepspeed --deepspeed_config no.json HF | schedule | null",
                "ms-swift brings its own files | swift sft --model m --deepspeed zero2 --lr_scheduler_type constant HF | schedule | constant",
                "tokens that only the caller knows | MEGATRON --train-iters 100 --train-tokens $1 | steps | null",
                "tokens | MEGATRON --train-iters 100 --train-tokens 10240 | steps | 10.0",
                "tokens under growing sequences | MEGATRON --train-iters 100 --train-tokens 10240 --curriculum-learning-legacy | steps | null",
                "tokens under a file that may say so | MEGATRON --train-iters 100 --train-tokens 10240 --deepspeed --deepspeed_config no.json | steps | null",
                "what a scheduler sets | N=${SLURM_NNODES:-1}\\ntorchrun --nnodes $N --nproc_per_node 8 train.py HF | replicas | null",
                "what the caller may set | N=${NODES:-2}\\ntorchrun --nnodes $N --nproc_per_node 8 train.py HF | replicas | 16.0",
                "a # in quotes is none | python train.py --run_name \"a # b\" --weight_decay 0.1 HF | weightDecay | 0.1",
                "what the shell shifts is no document | python train.py --seed $((1 << N)) --weight_decay 0.1 HF | weightDecay | 0.1",
                "a comment of several lines ends with its quote | : QUOTE\\ntorchrun old.py\\nnotes about itQUOTE\\npython train.py --weight_decay 0.1 HF | weightDecay | 0.1",
                "set unless it is set | [ -n \"$WD\" ] OR WD=0.1\\npython train.py --weight_decay $WD HF | weightDecay | 0.1",
                "set only where it was set | [ -z \"$WD\" ] OR WD=0.1\\npython train.py --weight_decay $WD HF | weightDecay | null",
                "lines of a text in a branch | if [ $1 = a ]; then\\n  MORE=\" \\\\\\n    --optimizer sgd \\\\\\n    --x 1\"\\nfi\\nMEGATRON --train-iters 9 $MORE | optimizer | null"
            })
    void aScriptIsKnown(String habit, String text, String quantity, String value) {
        String script = text.replace("MEGATRON", MEGATRON)
                .replace("HF", HF)
                .replace("\\n", "\n")
                .replace("QUOTE", "'")
                .replace(" OR ", " || ");
        assertThat(String.valueOf(read("a.sh", script).text(quantity)))
                .as(habit)
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "python dpo.py --num_epochs 1 --per_device_train_batch_size 4 --output_dir o",
        "python tools/run_text_generation_server.py --micro-batch-size 1 --lr 1 --train-iters 2"
    })
    void whatIsNoneIsNotRecognised(String script) {
        assertThatThrownBy(() -> read("a.sh", script)).isInstanceOf(InputException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "def fast(): learning_rate = 1e-2; weight_decay = 0.0 | 0.1",
                "if fast: learning_rate = 1e-2; weight_decay = 0.0 | null"
            })
    void behindASemicolonABlockGoesOn(String line, String value) {
        String file =
                "wandb_log = True\nlearning_rate = 6e-4\nweight_decay = 0.1\nbatch_size = 12\nmax_iters = 9\n" + line;
        assertThat(String.valueOf(read("a.py", file).text("weightDecay"))).isEqualTo(value);
    }

    @Test
    void manyPrefixesAndKeysOverflowNothing() {
        assertThatThrownBy(() -> read("a.sh", "A=1 ".repeat(20_000))).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> read("a.py", "a" + "['a']".repeat(5_000) + " = 1"))
                .isInstanceOf(InputException.class);
    }

    /** A fork's train.py has the defaults, and says whose the accumulation is. */
    @Test
    void aConfigurationOfNanoGptLiesOverItsScript(@TempDir Path folder) throws IOException {
        String script =
                "batch_size = 12\nmax_iters = 9\ngradient_accumulation_steps = 5\nblock_size = 64\nweight_decay = 0.2\n"
                        + "exec(open('configurator.py').read())\n";
        Path config = Files.createDirectory(folder.resolve("config")).resolve("train_gpt2.py");
        Files.writeString(config, "wandb_log = True\nbatch_size = 6\nblock_size = 32\nmax_iters = 100\n");

        Files.writeString(folder.resolve("train.py"), script);
        assertThat(read(config).number("batchSize")).isEqualTo(6 * 5 * 8);
        assertThat(read(config).number("weightDecay")).isEqualTo(0.2);

        Files.writeString(folder.resolve("train.py"), script + "if ddp:\n    gradient_accumulation_steps //= world\n");
        assertThat(read(config).number("batchSize")).isEqualTo(6 * 5);
    }

    private static Resolution read(Path file) {
        return new RunFacts(List.of(), null, 8L, null, Map.of()).resolve(file).resolution();
    }

    @Test
    void whatIsSetInABaseLiesOverIt(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("base.py"),
                "train_dataloader = dict(batch_size=32)\ntrain_cfg = dict(max_epochs=9)\n"
                        + "optim_wrapper = dict(optimizer=dict(type='SGD', lr=0.01, weight_decay=5e-4))\n");
        Path config = Files.writeString(
                folder.resolve("a.py"), "_base_ = './base.py'\n_base_.train_dataloader.batch_size = 16\n");
        assertThat(read(config).number("batchSize")).isEqualTo(128);
    }

    @Test
    void anotherProgramsYamlIsNotLitgpts() {
        String file = "{model: {x: 1}, train: {train_iters: 100, global_batch_size: 8}, optimizer: {lr: 1e-4}}";
        assertThatThrownBy(() -> read("a.yaml", file)).hasMessageContaining("is no configuration");
    }

    private static Resolution read(String name, String text) {
        Node.Mapping tree = (Node.Mapping) TreeReader.parse(name, text);
        return ConfigReader.read(new Sources(tree, List.of(), text.contains("nproc") ? null : 2L, null, Map.of()), null)
                .resolution();
    }
}
