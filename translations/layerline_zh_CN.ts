<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>BuildStatus</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
</context>
<context>
    <name>DetailsModel</name>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>live BuildKit</source>
        <translation>BuildKit 实时</translation>
    </message>
    <message>
        <source>build record (.dockerbuild)</source>
        <translation>构建记录（.dockerbuild）</translation>
    </message>
    <message>
        <source>rawjson progress (the client&apos;s view)</source>
        <translation>rawjson 进度（客户端视角）</translation>
    </message>
    <message>
        <source>plain progress text (the client&apos;s view)</source>
        <translation>纯文本进度（客户端视角）</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recorded demo</source>
        <translation>录制的演示</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Reference</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Worker</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Parts</source>
        <translation>组成部分</translation>
    </message>
    <message>
        <source>joined by likeness: this buildx gives each node&apos;s part a name of its own</source>
        <translation>按相似性合并：此版本的 buildx 为每个节点的部分单独命名</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Frontend</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>Bake call</source>
        <translation>Bake 调用</translation>
    </message>
    <message>
        <source>Secret-looking values are left out: buildx takes those of build arguments from the environment.</source>
        <translation>已略去疑似机密的值：构建参数的这些值由 buildx 从环境中读取。</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Imported from</source>
        <translation>导入自</translation>
    </message>
    <message>
        <source>Not used for</source>
        <translation>不用于</translation>
    </message>
    <message>
        <source>all stages (--no-cache)</source>
        <translation>所有阶段（--no-cache）</translation>
    </message>
    <message>
        <source>Exporter</source>
        <translation>导出器</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Pushed or stored</source>
        <translation>推送或存储</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Secret</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>SSH</source>
        <translation>SSH</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>What went wrong</source>
        <translation>出了什么问题</translation>
    </message>
    <message>
        <source>General</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Command that repeats it</source>
        <translation>重复此构建的命令</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签（label）</translation>
    </message>
    <message>
        <source>Named contexts</source>
        <translation>命名上下文</translation>
    </message>
    <message>
        <source>Secrets and SSH (ids only)</source>
        <translation>机密与 SSH（仅 ID）</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Attestations</source>
        <translation>证明</translation>
    </message>
    <message>
        <source>Provenance: what it was made from</source>
        <translation>来源证明：由什么构建而成</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Other attributes</source>
        <translation>其他属性</translation>
    </message>
</context>
<context>
    <name>ErrorText</name>
    <message>
        <source>%1 is not there. It may have been moved or deleted.</source>
        <translation>%1 不存在，可能已被移动或删除。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: it is damaged, or not what it seems to be.</source>
        <translation>无法读取 %1：它已损坏，或并非看上去的类型。</translation>
    </message>
    <message>
        <source>%1 is larger than the limits allow. Nothing of it was kept; the limit for files is in Settings.</source>
        <translation>%1 超出大小上限，未保留任何内容；文件的上限可在“设置”中调整。</translation>
    </message>
    <message>
        <source>%1 may not be read by you. Ask its owner, or change its permissions.</source>
        <translation>你没有读取 %1 的权限。请联系其所有者，或更改其权限。</translation>
    </message>
    <message>
        <source>%1 does not answer. Check that it runs and can be reached from here.</source>
        <translation>%1 无响应。请检查它是否在运行，以及能否从此处访问。</translation>
    </message>
    <message>
        <source>%1 took too long to answer. Try again in a while.</source>
        <translation>%1 响应超时。请稍后再试。</translation>
    </message>
    <message>
        <source>%1 holds no build. Layerline opens .dockerbuild records, rawjson and plain progress, and zips of logs.</source>
        <translation>%1 中没有构建。Layerline 可打开 .dockerbuild 记录、rawjson 与纯文本进度，以及日志的 zip 包。</translation>
    </message>
    <message>
        <source>%1 was not opened, as you wished.</source>
        <translation>已按你的要求，不打开 %1。</translation>
    </message>
    <message>
        <source>%1 is damaged: its content does not match its checksum.</source>
        <translation>%1 已损坏：内容与校验和不符。</translation>
    </message>
    <message>
        <source>%1 could not be opened because of a fault in Layerline or the system.</source>
        <translation>由于 Layerline 或系统出错，无法打开 %1。</translation>
    </message>
    <message>
        <source>Something that is needed is not there.</source>
        <translation>缺少所需的内容。</translation>
    </message>
    <message>
        <source>Something can&apos;t be read: it is damaged, or not what it seems to be.</source>
        <translation>有内容无法读取：它已损坏，或并非看上去的类型。</translation>
    </message>
    <message>
        <source>Something is larger than the limits allow; nothing of it was kept.</source>
        <translation>有内容超出大小上限，未保留任何部分。</translation>
    </message>
    <message>
        <source>The system does not allow it. Check the permissions of what is named below.</source>
        <translation>系统不允许此操作。请检查下列对象的权限。</translation>
    </message>
    <message>
        <source>Nobody answers. Check that the builder runs and can be reached from here.</source>
        <translation>无人应答。请检查构建器是否在运行，以及能否从此处访问。</translation>
    </message>
    <message>
        <source>There was no answer in time. Try again in a while.</source>
        <translation>未及时得到应答。请稍后再试。</translation>
    </message>
    <message>
        <source>The other side is too old, or of a kind that is not known.</source>
        <translation>对方版本太旧，或类型未知。</translation>
    </message>
    <message>
        <source>It was cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Stored data is damaged: it does not match its checksum. What could be saved was saved.</source>
        <translation>存储的数据已损坏：与校验和不符。能挽救的部分均已保留。</translation>
    </message>
    <message>
        <source>Something failed in Layerline or the system.</source>
        <translation>Layerline 或系统出错。</translation>
    </message>
</context>
<context>
    <name>FailureTexts</name>
    <message>
        <source>Set up QEMU before the build (docker/setup-qemu-action, or apt install qemu-user-static).</source>
        <translation>请在构建前设置 QEMU（docker/setup-qemu-action，或 apt install qemu-user-static）。</translation>
    </message>
    <message>
        <source>Check that the base image and copied programs are of the platform that is built.</source>
        <translation>请检查基础镜像和复制进来的程序是否属于所构建的平台。</translation>
    </message>
    <message>
        <source>Build the platform on a native runner or node.</source>
        <translation>请在原生运行器或节点上构建该平台。</translation>
    </message>
    <message>
        <source>Pin another version of QEMU (tonistiigi/binfmt).</source>
        <translation>请固定使用另一个 QEMU 版本（tonistiigi/binfmt）。</translation>
    </message>
    <message>
        <source>Choose a base image that is published for the platform, or leave the platform out.</source>
        <translation>请选择为该平台发布过的基础镜像，或去掉该平台。</translation>
    </message>
    <message>
        <source>Free disk space before the build.</source>
        <translation>请在构建前释放磁盘空间。</translation>
    </message>
    <message>
        <source>Clean up the builder&apos;s cache.</source>
        <translation>请清理构建器的缓存。</translation>
    </message>
    <message>
        <source>Give the machine more memory.</source>
        <translation>请为机器增加内存。</translation>
    </message>
    <message>
        <source>Let the compiler run fewer jobs at once.</source>
        <translation>请减少编译器的并行任务数。</translation>
    </message>
    <message>
        <source>Check the builder&apos;s DNS.</source>
        <translation>请检查构建器的 DNS。</translation>
    </message>
    <message>
        <source>Check the proxy settings of the builder (http_proxy, no_proxy).</source>
        <translation>请检查构建器的代理设置（http_proxy、no_proxy）。</translation>
    </message>
    <message>
        <source>Try again later.</source>
        <translation>请稍后再试。</translation>
    </message>
    <message>
        <source>Log in to the registry before the build.</source>
        <translation>请在构建前登录镜像仓库。</translation>
    </message>
    <message>
        <source>Check the image&apos;s name: a wrong one is refused the same way.</source>
        <translation>请检查镜像名称：名称有误时也会这样被拒绝。</translation>
    </message>
    <message>
        <source>Grant the job packages: write.</source>
        <translation>请授予该作业 packages: write 权限。</translation>
    </message>
    <message>
        <source>Create the repository in the registry first.</source>
        <translation>请先在镜像仓库中创建该存储库。</translation>
    </message>
    <message>
        <source>Log in before pulling: anonymous pulls are limited.</source>
        <translation>请先登录再拉取：匿名拉取有次数限制。</translation>
    </message>
    <message>
        <source>Use a registry mirror.</source>
        <translation>请使用镜像仓库的镜像站。</translation>
    </message>
    <message>
        <source>Allow the action in the role&apos;s policy.</source>
        <translation>请在角色的策略中允许该操作。</translation>
    </message>
    <message>
        <source>Grant the job id-token: write.</source>
        <translation>请授予该作业 id-token: write 权限。</translation>
    </message>
    <message>
        <source>Check that the role trusts this repository and branch.</source>
        <translation>请检查该角色是否信任此仓库和分支。</translation>
    </message>
    <message>
        <source>Add the secret to the repository or environment.</source>
        <translation>请将该机密添加到仓库或环境。</translation>
    </message>
    <message>
        <source>Runs of pull requests from forks get no secrets.</source>
        <translation>来自复刻仓库的拉取请求，其运行得不到机密。</translation>
    </message>
    <message>
        <source>Check that the names of uploaded and downloaded artifacts fit.</source>
        <translation>请检查上传与下载的制品名称是否一致。</translation>
    </message>
    <message>
        <source>Use the same major version of upload-artifact and download-artifact.</source>
        <translation>请让 upload-artifact 与 download-artifact 使用相同的主版本。</translation>
    </message>
    <message>
        <source>Set fail-fast: false, so that one platform does not cancel the others.</source>
        <translation>请设置 fail-fast: false，以免一个平台失败时取消其他平台。</translation>
    </message>
    <message>
        <source>Check the lock file against what the registry serves.</source>
        <translation>请将锁定文件与软件包仓库实际提供的内容进行核对。</translation>
    </message>
    <message>
        <source>Delete the cache that holds the damaged download.</source>
        <translation>请删除含有损坏下载内容的缓存。</translation>
    </message>
    <message>
        <source>Use a major version of the action that still exists.</source>
        <translation>请使用该 action 仍然存在的主版本。</translation>
    </message>
    <message>
        <source>%1 is of another architecture and there is no emulator for it.</source>
        <translation>%1 属于另一种架构，且没有相应的模拟器。</translation>
    </message>
    <message>
        <source>A program of another architecture was started and there is no emulator for it.</source>
        <translation>启动了另一种架构的程序，且没有相应的模拟器。</translation>
    </message>
    <message>
        <source>There is no image for this platform: %1.</source>
        <translation>没有适用于此平台的镜像：%1。</translation>
    </message>
    <message>
        <source>The base image is not published for this platform.</source>
        <translation>基础镜像未针对此平台发布。</translation>
    </message>
    <message>
        <source>The emulated program crashed in QEMU (%1).</source>
        <translation>被模拟的程序在 QEMU 中崩溃（%1）。</translation>
    </message>
    <message>
        <source>The emulated program crashed in QEMU.</source>
        <translation>被模拟的程序在 QEMU 中崩溃。</translation>
    </message>
    <message>
        <source>The disk was full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>The memory was used up and the system ended the program.</source>
        <translation>内存耗尽，系统终止了该程序。</translation>
    </message>
    <message>
        <source>The name %1 could not be resolved.</source>
        <translation>无法解析名称 %1。</translation>
    </message>
    <message>
        <source>A host&apos;s name could not be resolved.</source>
        <translation>无法解析某个主机名。</translation>
    </message>
    <message>
        <source>The proxy refused the connection: %1.</source>
        <translation>代理拒绝了连接：%1。</translation>
    </message>
    <message>
        <source>The proxy refused the connection.</source>
        <translation>代理拒绝了连接。</translation>
    </message>
    <message>
        <source>The registry wants a login for %1 (401).</source>
        <translation>镜像仓库要求登录才能访问 %1（401）。</translation>
    </message>
    <message>
        <source>The registry wants a login (401).</source>
        <translation>镜像仓库要求登录（401）。</translation>
    </message>
    <message>
        <source>The registry forbids it: %1 (403).</source>
        <translation>镜像仓库禁止此操作：%1（403）。</translation>
    </message>
    <message>
        <source>The registry forbids it (403).</source>
        <translation>镜像仓库禁止此操作（403）。</translation>
    </message>
    <message>
        <source>Too many pulls from %1 (429).</source>
        <translation>从 %1 拉取的次数过多（429）。</translation>
    </message>
    <message>
        <source>Too many pulls from the registry (429).</source>
        <translation>从镜像仓库拉取的次数过多（429）。</translation>
    </message>
    <message>
        <source>AWS does not allow %1.</source>
        <translation>AWS 不允许 %1。</translation>
    </message>
    <message>
        <source>AWS does not allow it.</source>
        <translation>AWS 不允许此操作。</translation>
    </message>
    <message>
        <source>There were no AWS credentials, or the role could not be assumed.</source>
        <translation>没有 AWS 凭据，或无法代入该角色。</translation>
    </message>
    <message>
        <source>The secret or input %1 is missing.</source>
        <translation>缺少机密或输入 %1。</translation>
    </message>
    <message>
        <source>A secret is missing.</source>
        <translation>缺少机密。</translation>
    </message>
    <message>
        <source>The artifact %1 with a platform&apos;s digest is missing.</source>
        <translation>缺少含有平台摘要的制品 %1。</translation>
    </message>
    <message>
        <source>The artifact with a platform&apos;s digest is missing.</source>
        <translation>缺少含有平台摘要的制品。</translation>
    </message>
    <message>
        <source>A download is not what was expected: %1.</source>
        <translation>下载的内容与预期不符：%1。</translation>
    </message>
    <message>
        <source>A download does not match its checksum.</source>
        <translation>下载的内容与校验和不符。</translation>
    </message>
    <message>
        <source>GitHub no longer runs %1.</source>
        <translation>GitHub 不再运行 %1。</translation>
    </message>
    <message>
        <source>GitHub no longer runs this version of an action.</source>
        <translation>GitHub 不再运行某个 action 的这一版本。</translation>
    </message>
    <message>
        <source>Hand the secret to the build (--secret id=…).</source>
        <translation>把这个机密交给构建（--secret id=…）。</translation>
    </message>
    <message>
        <source>Check the path: it starts at the context&apos;s folder, or at the root of the stage after --from.</source>
        <translation>检查路径：它从上下文目录开始，或者从 --from 所指阶段的根目录开始。</translation>
    </message>
    <message>
        <source>See whether .dockerignore leaves it out.</source>
        <translation>看看是否被 .dockerignore 排除了。</translation>
    </message>
    <message>
        <source>%1 could not be reached.</source>
        <translation>无法连接到 %1。</translation>
    </message>
    <message>
        <source>A server could not be reached.</source>
        <translation>无法连接到某台服务器。</translation>
    </message>
    <message>
        <source>%1 does not exist where it is copied from.</source>
        <translation>%1 在复制来源处不存在。</translation>
    </message>
    <message>
        <source>A file does not exist where it is copied from.</source>
        <translation>有文件在复制来源处不存在。</translation>
    </message>
</context>
<context>
    <name>LayersModel</name>
    <message>
        <source>%1, digest %2</source>
        <translation>%1，摘要 %2</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>from scratch</source>
        <translation>来自 scratch</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
</context>
<context>
    <name>LogSaver</name>
    <message>
        <source>The log was not saved: %1</source>
        <translation>日志未能保存：%1</translation>
    </message>
    <message>
        <source>Save the log</source>
        <translation>保存日志</translation>
    </message>
</context>
<context>
    <name>OwnWords</name>
    <message>
        <source>%1 does not take the credential docker has for it, or has no repository %2: %3</source>
        <translation>%1 不接受 docker 为它保存的凭据，或没有仓库 %2：%3</translation>
    </message>
    <message>
        <source>%1 wants a sign-in for %2, or has no such repository: %3</source>
        <translation>访问 %2 需要在 %1 登录，或没有这个仓库：%3</translation>
    </message>
    <message>
        <source>%1 does not allow writing to %2 (%3)</source>
        <translation>%1 不允许写入 %2（%3）</translation>
    </message>
    <message>
        <source>%1 does not allow writing to %2</source>
        <translation>%1 不允许写入 %2</translation>
    </message>
    <message>
        <source>%1 does not allow reading %2 (%3)</source>
        <translation>%1 不允许读取 %2（%3）</translation>
    </message>
    <message>
        <source>%1 does not allow reading %2</source>
        <translation>%1 不允许读取 %2</translation>
    </message>
    <message>
        <source>%1 has no repository %2</source>
        <translation>%1 没有仓库 %2</translation>
    </message>
    <message>
        <source>%1 has no tag %2</source>
        <translation>%1 没有标签 %2</translation>
    </message>
    <message>
        <source>%1 has had too many requests from here (%2); it wants to be asked again in %3 s</source>
        <translation>这里向 %1 发出的请求过多（%2）；它要求 %3 秒后再试</translation>
    </message>
    <message>
        <source>%1 has had too many requests from here; it wants to be asked again in %2 s</source>
        <translation>这里向 %1 发出的请求过多；它要求 %2 秒后再试</translation>
    </message>
    <message>
        <source>%1 has had too many requests from here (%2)</source>
        <translation>这里向 %1 发出的请求过多（%2）</translation>
    </message>
    <message>
        <source>%1 has had too many requests from here</source>
        <translation>这里向 %1 发出的请求过多</translation>
    </message>
    <message>
        <source>%1 answers %2 to writing %3</source>
        <translation>写入 %3 时 %1 回答 %2</translation>
    </message>
    <message>
        <source>%1 answers %2 for %3</source>
        <translation>请求 %3 时 %1 回答 %2</translation>
    </message>
    <message>
        <source>%1 asks for a kind of sign-in that is neither Basic nor Bearer</source>
        <translation>%1 要求的登录方式既不是 Basic 也不是 Bearer</translation>
    </message>
    <message>
        <source>%1 wants a user and a password, and docker has none for it: %2</source>
        <translation>%1 要求用户名和密码，而 docker 没有它的凭据：%2</translation>
    </message>
    <message>
        <source>%1 names no token service that can be asked</source>
        <translation>%1 没有给出可用的令牌服务</translation>
    </message>
    <message>
        <source>%1 names a token service without TLS (%2): the credential stays here</source>
        <translation>%1 给出的令牌服务没有 TLS（%2）：凭据不会发往那里</translation>
    </message>
    <message>
        <source>the token service of %1 does not take the credential docker has for it: %2</source>
        <translation>%1 的令牌服务不接受 docker 为它保存的凭据：%2</translation>
    </message>
    <message>
        <source>the token service of %1 gives no token to somebody who is not signed in: %2</source>
        <translation>%1 的令牌服务不给未登录者令牌：%2</translation>
    </message>
    <message>
        <source>the token service of %1 answers without a token</source>
        <translation>%1 的令牌服务的回答里没有令牌</translation>
    </message>
    <message>
        <source>the token service of %1 answers %2</source>
        <translation>%1 的令牌服务回答 %2</translation>
    </message>
    <message>
        <source>%1 sends a manifest of %2 whose digest is %3 and should be %4</source>
        <translation>%1 发来的 %2 清单摘要为 %3，应为 %4</translation>
    </message>
    <message>
        <source>%1 answers with something that is no list of tags</source>
        <translation>%1 的回答不是标签列表</translation>
    </message>
    <message>
        <source>%1 has moved since it was looked at: it is gone now; nothing was changed</source>
        <translation>%1 在查看之后变动过：现在已不存在；什么都没有改</translation>
    </message>
    <message>
        <source>%1 has moved since it was looked at: it is %2 now; nothing was changed</source>
        <translation>%1 在查看之后变动过：现在是 %2；什么都没有改</translation>
    </message>
    <message>
        <source>%1 was written and reads back as %2 instead of %3</source>
        <translation>%1 已写入，但读回的是 %2 而不是 %3</translation>
    </message>
    <message>
        <source>%1 took the manifest as %2, not as %3</source>
        <translation>%1 把清单存成了 %2，而不是 %3</translation>
    </message>
    <message>
        <source>%1 gave no answer within 10 s</source>
        <translation>%1 在 10 秒内没有回答</translation>
    </message>
    <message>
        <source>%1 can&apos;t be started</source>
        <translation>无法启动 %1</translation>
    </message>
    <message>
        <source>docker&apos;s config.json is not a JSON object</source>
        <translation>docker 的 config.json 不是 JSON 对象</translation>
    </message>
    <message>
        <source>docker&apos;s config.json can&apos;t be read: %1</source>
        <translation>无法读取 docker 的 config.json：%1</translation>
    </message>
    <message>
        <source>docker&apos;s config.json asks for %1, which is not in PATH</source>
        <translation>docker 的 config.json 要求 %1，但 PATH 里没有它</translation>
    </message>
    <message>
        <source>the token service of %1</source>
        <translation>%1 的令牌服务</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no image name</source>
        <translation>“%1”不是镜像名</translation>
    </message>
    <message>
        <source>write it without a scheme</source>
        <translation>请不要写协议前缀</translation>
    </message>
    <message>
        <source>a digest is sha256: and 64 hex digits</source>
        <translation>摘要的形式是 sha256: 加 64 个十六进制数字</translation>
    </message>
    <message>
        <source>there is no such host</source>
        <translation>没有这台主机</translation>
    </message>
    <message>
        <source>it must be in lower case</source>
        <translation>必须是小写</translation>
    </message>
    <message>
        <source>it is longer than 255 characters</source>
        <translation>超过 255 个字符</translation>
    </message>
    <message>
        <source>64 hex digits are an image&apos;s id</source>
        <translation>64 个十六进制数字是镜像 ID</translation>
    </message>
    <message>
        <source>%1 took too long to redirect</source>
        <translation>%1 重定向耗时过长</translation>
    </message>
    <message>
        <source>%1 sends more than %2 bytes</source>
        <translation>%1 发来的内容超过 %2 字节</translation>
    </message>
    <message>
        <source>%1 still runs</source>
        <translation>%1 仍在运行</translation>
    </message>
    <message>
        <source>the variable %1 is needed again: set it in the environment</source>
        <translation>再次需要变量 %1：请在环境中设置它</translation>
    </message>
    <message>
        <source>nothing of %1 is left to retry</source>
        <translation>%1 没有可重试的部分</translation>
    </message>
    <message>
        <source>%1 has ended already</source>
        <translation>%1 已经结束</translation>
    </message>
    <message>
        <source>%1 is only just starting: try again</source>
        <translation>%1 刚刚启动：请稍后再试</translation>
    </message>
    <message>
        <source>the merged index is not what was pushed: %1</source>
        <translation>合并后的索引与推送的不一致：%1</translation>
    </message>
    <message>
        <source>the client of %1 noted no digest</source>
        <translation>%1 的客户端没有记下摘要</translation>
    </message>
    <message>
        <source>no process could be started</source>
        <translation>无法启动任何进程</translation>
    </message>
    <message>
        <source>the supervising process ended at once</source>
        <translation>监管进程立即结束了</translation>
    </message>
    <message>
        <source>connection lost: %1</source>
        <translation>连接中断：%1</translation>
    </message>
    <message>
        <source>the connection broke</source>
        <translation>连接断了</translation>
    </message>
    <message>
        <source>the engine closed the connection</source>
        <translation>引擎关闭了连接</translation>
    </message>
    <message>
        <source>the engine answered %1</source>
        <translation>引擎回答 %1</translation>
    </message>
    <message>
        <source>the builder has not said yet what builds it has</source>
        <translation>构建器还没有说明它有哪些构建</translation>
    </message>
    <message>
        <source>the builder is not reachable</source>
        <translation>无法连接到构建器</translation>
    </message>
    <message>
        <source>the builder has no nodes</source>
        <translation>构建器没有节点</translation>
    </message>
    <message>
        <source>the builder has no node of that name</source>
        <translation>构建器没有这个名字的节点</translation>
    </message>
    <message>
        <source>the container %1 does not run</source>
        <translation>容器 %1 没有运行</translation>
    </message>
    <message>
        <source>neither docker buildx nor a standalone buildx is installed</source>
        <translation>既没有安装 docker buildx，也没有安装独立的 buildx</translation>
    </message>
    <message>
        <source>not an address that can be dialled: %1</source>
        <translation>不是可以连接的地址：%1</translation>
    </message>
    <message>
        <source>nobody accepts the connection</source>
        <translation>没有人接受连接</translation>
    </message>
    <message>
        <source>the name has no address</source>
        <translation>这个名字没有地址</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>没有及时回答</translation>
    </message>
    <message>
        <source>no port given</source>
        <translation>没有给出端口</translation>
    </message>
    <message>
        <source>neither a unix:// nor a tcp:// address</source>
        <translation>既不是 unix:// 地址也不是 tcp:// 地址</translation>
    </message>
    <message>
        <source>a builder&apos;s address is unix:///path or tcp://host:port, not &quot;%1&quot;</source>
        <translation>构建器的地址形如 unix:///path 或 tcp://host:port，而不是“%1”</translation>
    </message>
    <message>
        <source>no reachable builder has the build %1</source>
        <translation>可连接的构建器都没有构建 %1</translation>
    </message>
    <message>
        <source>this BuildKit is too old to tell its builds (0.11 is the first that does)</source>
        <translation>这个 BuildKit 太旧，不会报告它的构建（从 0.11 起才会）</translation>
    </message>
    <message>
        <source>the instance file is not a JSON object</source>
        <translation>实例文件不是 JSON 对象</translation>
    </message>
    <message>
        <source>the instance file names no builder</source>
        <translation>实例文件没有写明构建器</translation>
    </message>
    <message>
        <source>the instance file can&apos;t be read</source>
        <translation>无法读取实例文件</translation>
    </message>
    <message>
        <source>GitHub answers %1: %2 (rate limit)</source>
        <translation>GitHub 回应 %1：%2（请求限额）</translation>
    </message>
    <message>
        <source>GitHub answers %1 (rate limit)</source>
        <translation>GitHub 回应 %1（请求限额）</translation>
    </message>
    <message>
        <source>GitHub answers %1: %2 (needs %3)</source>
        <translation>GitHub 回应 %1：%2（需要 %3）</translation>
    </message>
    <message>
        <source>GitHub answers %1 (needs %2)</source>
        <translation>GitHub 回应 %1（需要 %2）</translation>
    </message>
    <message>
        <source>GitHub answers %1: %2</source>
        <translation>GitHub 回应 %1：%2</translation>
    </message>
    <message>
        <source>GitHub answers %1</source>
        <translation>GitHub 回应 %1</translation>
    </message>
    <message>
        <source>the sign-in was refused on GitHub&apos;s page</source>
        <translation>在 GitHub 页面上拒绝了登录</translation>
    </message>
    <message>
        <source>the code was not typed in time</source>
        <translation>未及时输入验证码</translation>
    </message>
    <message>
        <source>GitHub refuses the client id: %1</source>
        <translation>GitHub 不接受该 client id：%1</translation>
    </message>
    <message>
        <source>GitHub refuses the sign-in: %1</source>
        <translation>GitHub 拒绝登录：%1</translation>
    </message>
    <message>
        <source>no client id is set for the device sign-in</source>
        <translation>尚未设置设备登录所需的 client id</translation>
    </message>
    <message>
        <source>GitHub answers %1 to the sign-in, not JSON</source>
        <translation>GitHub 对登录回应 %1，且不是 JSON</translation>
    </message>
    <message>
        <source>GitHub&apos;s sign-in code is incomplete</source>
        <translation>GitHub 给出的登录验证码不完整</translation>
    </message>
    <message>
        <source>GitHub&apos;s answer holds no list</source>
        <translation>GitHub 的回应不含列表</translation>
    </message>
    <message>
        <source>GitHub&apos;s answer is no JSON object</source>
        <translation>GitHub 的回应不是 JSON 对象</translation>
    </message>
    <message>
        <source>GitHub&apos;s answer is no list of files</source>
        <translation>GitHub 的回应不是文件列表</translation>
    </message>
    <message>
        <source>the address of GitHub&apos;s API must not carry a user or a password</source>
        <translation>GitHub API 的地址中不得带有用户名或密码</translation>
    </message>
    <message>
        <source>that looks like a token, not like a server</source>
        <translation>这看起来像令牌，不像服务器</translation>
    </message>
    <message>
        <source>the address of GitHub&apos;s API is neither http nor https</source>
        <translation>GitHub API 的地址既不是 http 也不是 https</translation>
    </message>
    <message>
        <source>the address of GitHub&apos;s API must be https: a token would travel in the clear</source>
        <translation>GitHub API 的地址必须是 https：否则令牌将以明文传输</translation>
    </message>
    <message>
        <source>an address that is not GitHub&apos;s</source>
        <translation>该地址不属于 GitHub</translation>
    </message>
    <message>
        <source>the request was cancelled</source>
        <translation>请求已取消</translation>
    </message>
    <message>
        <source>another server is asked now</source>
        <translation>现在询问的是另一台服务器</translation>
    </message>
    <message>
        <source>GitHub&apos;s rate limit holds until %1</source>
        <translation>GitHub 的请求限额持续到 %1</translation>
    </message>
    <message>
        <source>GitHub redirects a download to no http address</source>
        <translation>GitHub 把下载重定向到非 http 地址</translation>
    </message>
    <message>
        <source>GitHub redirects a download from https to http</source>
        <translation>GitHub 把下载从 https 重定向到 http</translation>
    </message>
    <message>
        <source>GitHub answers 304 to a question it was not asked</source>
        <translation>GitHub 对未带条件的请求回应了 304</translation>
    </message>
    <message>
        <source>no repository of the form OWNER/NAME</source>
        <translation>不是 OWNER/NAME 形式的仓库</translation>
    </message>
    <message>
        <source>the address names no repository</source>
        <translation>该地址未指明仓库</translation>
    </message>
    <message>
        <source>not inside of a git clone: %1</source>
        <translation>不在 git 克隆之内：%1</translation>
    </message>
    <message>
        <source>the clone has no readable config: %1</source>
        <translation>该克隆没有可读的配置：%1</translation>
    </message>
    <message>
        <source>the clone has no remote on a host: %1</source>
        <translation>该克隆没有指向服务器的远程：%1</translation>
    </message>
    <message>
        <source>%1 is on %2, and the server that is asked is %3</source>
        <translation>%1 位于 %2，而所询问的服务器是 %3</translation>
    </message>
    <message>
        <source>GitHub accepted it, but does not show %1 yet</source>
        <translation>GitHub 已接受，但尚未显示 %1</translation>
    </message>
    <message>
        <source>the keyring has no token for this host</source>
        <translation>密钥环中没有该服务器的令牌</translation>
    </message>
    <message>
        <source>the keyring refuses</source>
        <translation>密钥环拒绝访问</translation>
    </message>
    <message>
        <source>there is no keyring</source>
        <translation>没有密钥环</translation>
    </message>
    <message>
        <source>the keyring does not work: %1</source>
        <translation>密钥环无法使用：%1</translation>
    </message>
    <message>
        <source>it is locked and was not unlocked</source>
        <translation>它已锁定，且未被解锁</translation>
    </message>
    <message>
        <source>no token in memory</source>
        <translation>内存中没有令牌</translation>
    </message>
    <message>
        <source>not an http or https address: %1</source>
        <translation>不是 http 或 https 地址：%1</translation>
    </message>
    <message>
        <source>%1 answers with more than 256 KiB of headers</source>
        <translation>%1 回应的标头超过 256 KiB</translation>
    </message>
    <message>
        <source>cannot write the download: %1</source>
        <translation>无法写入下载内容：%1</translation>
    </message>
    <message>
        <source>cannot make the download&apos;s file: %1</source>
        <translation>无法创建下载文件：%1</translation>
    </message>
    <message>
        <source>%1 redirects to an address that is not http or https</source>
        <translation>%1 重定向到既非 http 也非 https 的地址</translation>
    </message>
    <message>
        <source>%1 redirects more than %2 times</source>
        <translation>%1 的重定向超过 %2 次</translation>
    </message>
    <message>
        <source>%1 redirects from https to http</source>
        <translation>%1 从 https 重定向到 http</translation>
    </message>
    <message>
        <source>%1 broke off: %2</source>
        <translation>%1 中断：%2</translation>
    </message>
    <message>
        <source>TLS: %1: %2</source>
        <translation>TLS：%1：%2</translation>
    </message>
    <message>
        <source>cannot write the download</source>
        <translation>无法写入下载内容</translation>
    </message>
    <message>
        <source>its command was kept without the secret-looking part of &quot;%1&quot;: start it anew</source>
        <translation>保存其命令时略去了“%1”中疑似机密的部分：请重新开始构建</translation>
    </message>
    <message>
        <source>%1 has no lane %2</source>
        <translation>%1 没有泳道 %2</translation>
    </message>
    <message>
        <source>the command line is too long</source>
        <translation>命令行过长</translation>
    </message>
    <message>
        <source>the registry&apos;s answer is no manifest</source>
        <translation>镜像仓库的回应不是清单</translation>
    </message>
    <message>
        <source>a plain manifest, no index</source>
        <translation>这是单一清单，不是索引</translation>
    </message>
    <message>
        <source>the state of a build of ours can&apos;t be read</source>
        <translation>无法读取我们某个构建的状态</translation>
    </message>
    <message>
        <source>what was handed over can&apos;t be read</source>
        <translation>无法读取所交付的内容</translation>
    </message>
    <message>
        <source>there is no home folder to keep the state of builds in</source>
        <translation>没有可保存构建状态的主目录</translation>
    </message>
    <message>
        <source>there is no build &quot;%1&quot; of ours</source>
        <translation>没有我们的构建“%1”</translation>
    </message>
    <message>
        <source>&quot;%1&quot; begins the names of several builds of ours</source>
        <translation>“%1”是我们多个构建名称的开头</translation>
    </message>
    <message>
        <source>each platform exports its cache under a name of its own, ending in its platform</source>
        <translation>各平台以各自的名称导出缓存，名称以平台结尾</translation>
    </message>
    <message>
        <source>--keep-going needs one build: give the context instead of a bake file</source>
        <translation>--keep-going 需要单个构建：请给出上下文而不是 bake 文件</translation>
    </message>
    <message>
        <source>--keep-going needs at least two platforms</source>
        <translation>--keep-going 至少需要两个平台</translation>
    </message>
    <message>
        <source>--keep-going can&apos;t split --output: use --push and -t</source>
        <translation>--keep-going 无法拆分 --output：请使用 --push 和 -t</translation>
    </message>
    <message>
        <source>--keep-going can&apos;t load an image of several platforms: use --push</source>
        <translation>--keep-going 无法载入多平台镜像：请使用 --push</translation>
    </message>
    <message>
        <source>--push needs a tag: -t IMAGE</source>
        <translation>--push 需要标签：-t IMAGE</translation>
    </message>
    <message>
        <source>nothing is pushed, so there is nothing to merge: each platform&apos;s result stays in the builder&apos;s cache</source>
        <translation>没有推送任何内容，因此无需合并：各平台的结果留在构建器的缓存中</translation>
    </message>
    <message>
        <source>the docker driver can&apos;t push by digest: each platform is pushed under a tag of its own, which stays</source>
        <translation>docker 驱动无法按摘要推送：各平台以各自的标签推送，且标签会保留</translation>
    </message>
    <message>
        <source>cannot create folder %1: %2</source>
        <translation>无法创建文件夹 %1：%2</translation>
    </message>
    <message>
        <source>cannot read folder %1: %2</source>
        <translation>无法读取文件夹 %1：%2</translation>
    </message>
    <message>
        <source>cannot make private %1: %2</source>
        <translation>无法将 %1 设为私有：%2</translation>
    </message>
    <message>
        <source>cannot open %1: %2</source>
        <translation>无法打开 %1：%2</translation>
    </message>
    <message>
        <source>cannot read %1: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>cannot lock %1: %2</source>
        <translation>无法锁定 %1：%2</translation>
    </message>
    <message>
        <source>a preset needs a name</source>
        <translation>预设需要名称</translation>
    </message>
    <message>
        <source>a preset belongs to a folder: choose one first</source>
        <translation>预设属于某个文件夹：请先选择文件夹</translation>
    </message>
    <message>
        <source>%1 is not a folder</source>
        <translation>%1 不是文件夹</translation>
    </message>
    <message>
        <source>%1 is not a regular file</source>
        <translation>%1 不是普通文件</translation>
    </message>
    <message>
        <source>%1 is in use by another process</source>
        <translation>%1 正被另一进程使用</translation>
    </message>
    <message>
        <source>there is no home folder to keep the history of tags in</source>
        <translation>没有可保存标签历史的主目录</translation>
    </message>
    <message>
        <source>Docker Desktop keeps its cache in a virtual machine</source>
        <translation>Docker Desktop 把缓存保存在虚拟机中</translation>
    </message>
    <message>
        <source>the engine does not say where it keeps its data</source>
        <translation>引擎未说明其数据保存位置</translation>
    </message>
    <message>
        <source>buildkitd does not say where it keeps its data</source>
        <translation>buildkitd 未说明其数据保存位置</translation>
    </message>
    <message>
        <source>the engine is not on this machine</source>
        <translation>引擎不在本机上</translation>
    </message>
    <message>
        <source>%1 is not to be seen from here</source>
        <translation>从这里看不到 %1</translation>
    </message>
    <message>
        <source>cannot read %1</source>
        <translation>无法读取 %1</translation>
    </message>
    <message>
        <source>%1 is damaged: move it away to begin anew</source>
        <translation>%1 已损坏：请将其移走以重新开始</translation>
    </message>
    <message>
        <source>cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>there is no preset &quot;%1&quot; of %2</source>
        <translation>%2 没有预设“%1”</translation>
    </message>
    <message>
        <source>there is no folder for settings</source>
        <translation>没有保存设置的文件夹</translation>
    </message>
    <message>
        <source>cannot write %1</source>
        <translation>无法写入 %1</translation>
    </message>
    <message>
        <source>there is no home folder to keep the history in</source>
        <translation>没有可保存历史的主目录</translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>line %1 (%2) can&apos;t be carried over: %3</source>
        <translation>第 %1 行（%2）无法沿用：%3</translation>
    </message>
    <message>
        <source>no build of this workflow is emulated</source>
        <translation>此工作流没有通过模拟进行的构建</translation>
    </message>
    <message>
        <source>the builds are in %1: migrate that</source>
        <translation>构建位于 %1：请迁移该文件</translation>
    </message>
    <message>
        <source>no job uses docker/github-builder on native runners</source>
        <translation>没有作业在原生运行器上使用 docker/github-builder</translation>
    </message>
    <message>
        <source>no build of this workflow runs on a native runner of another architecture</source>
        <translation>此工作流没有在其他架构的原生运行器上进行的构建</translation>
    </message>
    <message>
        <source>the builds are in %1: roll that back</source>
        <translation>构建位于 %1：请回滚该文件</translation>
    </message>
    <message>
        <source>a script with a build that is no command of its own: give each build a step of its own, with docker/build-push-action</source>
        <translation>脚本中的构建不是独立命令：请用 docker/build-push-action 为每个构建设独立步骤</translation>
    </message>
    <message>
        <source>a script with several builds: give each build a step of its own, with docker/build-push-action</source>
        <translation>一个脚本含多个构建：请用 docker/build-push-action 为每个构建设独立步骤</translation>
    </message>
    <message>
        <source>the platforms that job &apos;%1&apos; bakes can&apos;t be told: name them by &apos;*.platform=...&apos; in `set`</source>
        <translation>无法得知作业“%1”用 bake 构建哪些平台：请在 `set` 中以 &apos;*.platform=...&apos; 指明</translation>
    </message>
    <message>
        <source>the platforms that job &apos;%1&apos; bakes can&apos;t be told (%2): name them by &apos;*.platform=...&apos; in `set`</source>
        <translation>无法得知作业“%1”用 bake 构建哪些平台（%2）：请在 `set` 中以 &apos;*.platform=...&apos; 指明</translation>
    </message>
    <message>
        <source>there is a schedule already: its runs can&apos;t be told from those that warm the cache</source>
        <translation>已有定时计划：其运行与预热缓存的运行无法区分</translation>
    </message>
    <message>
        <source>the bake file is another repository&apos;s</source>
        <translation>bake 文件属于另一仓库</translation>
    </message>
    <message>
        <source>where %1 is can&apos;t be told</source>
        <translation>无法得知 %1 的位置</translation>
    </message>
    <message>
        <source>%1 is outside of the repository</source>
        <translation>%1 位于仓库之外</translation>
    </message>
    <message>
        <source>the files of the folder are not known</source>
        <translation>不知道该文件夹中的文件</translation>
    </message>
    <message>
        <source>there is no bake file</source>
        <translation>没有 bake 文件</translation>
    </message>
    <message>
        <source>%1 is a compose file</source>
        <translation>%1 是 compose 文件</translation>
    </message>
    <message>
        <source>%1 is not at hand</source>
        <translation>%1 不在手边</translation>
    </message>
    <message>
        <source>which targets are built can&apos;t be told</source>
        <translation>无法得知构建哪些目标</translation>
    </message>
    <message>
        <source>a bake file of more than 1 MiB</source>
        <translation>bake 文件超过 1 MiB</translation>
    </message>
    <message>
        <source>line %1: &apos;%2&apos; differs by %3</source>
        <translation>第 %1 行：“%2”相差 %3</translation>
    </message>
    <message>
        <source>line %1: an output for &apos;%2&apos; alone</source>
        <translation>第 %1 行：仅用于“%2”的输出</translation>
    </message>
    <message>
        <source>line %1 can&apos;t be carried over: %2</source>
        <translation>第 %1 行无法沿用：%2</translation>
    </message>
    <message>
        <source>line %1: it can&apos;t be told which target the merged tags are for</source>
        <translation>第 %1 行：无法得知合并的标签属于哪个目标</translation>
    </message>
    <message>
        <source>line %1: the tag %2 is known to the job that merges alone</source>
        <translation>第 %1 行：只有负责合并的作业知道标签 %2</translation>
    </message>
    <message>
        <source>the tags are those of a metadata step whose file is not baked</source>
        <translation>标签来自某个元数据步骤，而该步骤的文件未被 bake 使用</translation>
    </message>
    <message>
        <source>the metadata steps of the two jobs differ</source>
        <translation>两个作业的元数据步骤不同</translation>
    </message>
    <message>
        <source>its platforms are no matrix</source>
        <translation>其平台不是矩阵</translation>
    </message>
    <message>
        <source>a leg&apos;s platform can&apos;t be told from the file</source>
        <translation>无法从文件中得知某个分支的平台</translation>
    </message>
    <message>
        <source>the matrix splits more than the platforms</source>
        <translation>矩阵拆分的不只是平台</translation>
    </message>
    <message>
        <source>several jobs merge its digests</source>
        <translation>有多个作业合并其摘要</translation>
    </message>
    <message>
        <source>no job of this file merges its digests</source>
        <translation>此文件中没有作业合并其摘要</translation>
    </message>
    <message>
        <source>the job that merges waits for &apos;%1&apos; too</source>
        <translation>负责合并的作业还等待“%1”</translation>
    </message>
    <message>
        <source>the job that merges has a matrix of its own</source>
        <translation>负责合并的作业自带矩阵</translation>
    </message>
    <message>
        <source>the job that merges uses %1</source>
        <translation>负责合并的作业使用了 %1</translation>
    </message>
    <message>
        <source>the condition of the job that merges uses %1</source>
        <translation>负责合并的作业的条件使用了 %1</translation>
    </message>
    <message>
        <source>the condition of the job that merges asks how other jobs went</source>
        <translation>负责合并的作业的条件询问其他作业的结果</translation>
    </message>
    <message>
        <source>a build in a script</source>
        <translation>脚本中的构建</translation>
    </message>
    <message>
        <source>it can&apos;t be told which digests go together</source>
        <translation>无法得知哪些摘要属于同一组</translation>
    </message>
    <message>
        <source>more is merged than is built here</source>
        <translation>所合并的多于此处构建的</translation>
    </message>
    <message>
        <source>nested too deeply</source>
        <translation>嵌套过深</translation>
    </message>
    <message>
        <source>the job that merges has several metadata steps</source>
        <translation>负责合并的作业有多个元数据步骤</translation>
    </message>
    <message>
        <source>the metadata step of the job that merges has no id</source>
        <translation>负责合并的作业的元数据步骤没有 id</translation>
    </message>
    <message>
        <source>job &apos;%1&apos; reads its artifacts too</source>
        <translation>作业“%1”也读取其制品</translation>
    </message>
    <message>
        <source>&apos;%1&apos; of the job depends on %2</source>
        <translation>作业的“%1”取决于 %2</translation>
    </message>
    <message>
        <source>both jobs have outputs</source>
        <translation>两个作业都有输出</translation>
    </message>
    <message>
        <source>this file is written in a way that can&apos;t be edited in place (%1)</source>
        <translation>此文件的写法无法就地编辑（%1）</translation>
    </message>
    <message>
        <source>this matrix can&apos;t be edited in place (%1)</source>
        <translation>此矩阵无法就地编辑（%1）</translation>
    </message>
    <message>
        <source>the platforms of job &apos;%1&apos; can&apos;t be told from the file</source>
        <translation>无法从文件中得知作业“%1”的平台</translation>
    </message>
    <message>
        <source>job &apos;%1&apos; has a leg a platform already: which of them a change needs is for its own matrix to say</source>
        <translation>作业“%1”已按平台分支：一次更改需要哪些平台，由其自己的矩阵决定</translation>
    </message>
    <message>
        <source>no key of the matrix tells the platforms of job &apos;%1&apos; apart, or a platform is to be added: do that by hand</source>
        <translation>矩阵中没有键可区分作业“%1”的平台，或需要添加平台：请手动完成</translation>
    </message>
    <message>
        <source>runs that only warm the cache can&apos;t be told bake&apos;s pushes in job &apos;%1&apos;</source>
        <translation>作业“%1”中，无法让只预热缓存的运行不执行 bake 的推送</translation>
    </message>
    <message>
        <source>a build whose pushing can&apos;t be left to other runs than those that warm the cache</source>
        <translation>无法让预热缓存之外的运行承担该构建的推送</translation>
    </message>
    <message>
        <source>bake in a script: use docker/bake-action</source>
        <translation>脚本中的 bake：请使用 docker/bake-action</translation>
    </message>
    <message>
        <source>the bake file is another repository&apos;s: check it out and name it in `files`</source>
        <translation>bake 文件属于另一仓库：请检出它，并在 `files` 中指明</translation>
    </message>
    <message>
        <source>the bake file %1 is made while the job runs: the job that merges would not have it</source>
        <translation>bake 文件 %1 在作业运行时才生成：负责合并的作业不会有它</translation>
    </message>
    <message>
        <source>&apos;%1&apos; among `set`</source>
        <translation>`set` 中的“%1”</translation>
    </message>
    <message>
        <source>the output %1 besides a pushed image</source>
        <translation>除推送的镜像之外还有输出 %1</translation>
    </message>
    <message>
        <source>an output for some targets only: give &apos;%1&apos; a step of its own</source>
        <translation>输出只针对部分目标：请为“%1”设独立步骤</translation>
    </message>
    <message>
        <source>target &apos;%1&apos; puts out %2 too: give it a step of its own</source>
        <translation>目标“%1”还输出 %2：请为其设独立步骤</translation>
    </message>
    <message>
        <source>target &apos;%1&apos; is pushed without tags</source>
        <translation>目标“%1”推送时没有标签</translation>
    </message>
    <message>
        <source>target &apos;%1&apos; names no platforms and others do: name its platforms in the bake file, or give it a step of its own</source>
        <translation>目标“%1”未指明平台，而其他目标指明了：请在 bake 文件中指明其平台，或为其设独立步骤</translation>
    </message>
    <message>
        <source>its targets are for different platforms: add the platform in the bake file</source>
        <translation>其各目标的平台不同：请在 bake 文件中添加平台</translation>
    </message>
    <message>
        <source>several platforms are pushed by digest at once</source>
        <translation>一次按摘要推送了多个平台</translation>
    </message>
    <message>
        <source>an image of one platform is pushed beside one of several: give it a job of its own</source>
        <translation>单平台镜像与多平台镜像一同推送：请为其设独立作业</translation>
    </message>
    <message>
        <source>several outputs</source>
        <translation>有多个输出</translation>
    </message>
    <message>
        <source>a build that is pushed without tags</source>
        <translation>推送时没有标签的构建</translation>
    </message>
    <message>
        <source>a script that builds several platforms and pushes none of them</source>
        <translation>脚本构建了多个平台，却一个也不推送</translation>
    </message>
    <message>
        <source>a script pushes when it builds: runs that only warm the cache need docker/build-push-action</source>
        <translation>脚本在构建时推送：只预热缓存的运行需要 docker/build-push-action</translation>
    </message>
    <message>
        <source>pull requests push images too: they need every platform</source>
        <translation>拉取请求也会推送镜像：它们需要每个平台</translation>
    </message>
    <message>
        <source>a strategy in braces is not edited</source>
        <translation>不编辑花括号写法的 strategy</translation>
    </message>
    <message>
        <source>a matrix that is no block of lists is not edited</source>
        <translation>不编辑并非列表块的矩阵</translation>
    </message>
    <message>
        <source>the matrix has &apos;%1&apos; already</source>
        <translation>矩阵中已有“%1”</translation>
    </message>
    <message>
        <source>entries of &apos;include&apos; stand beside the combinations of the lists: write all of them as &apos;include&apos;, or none</source>
        <translation>“include”的条目与列表的组合并存：请全部写成“include”，或全部不写</translation>
    </message>
    <message>
        <source>the platforms differ between the legs of the matrix</source>
        <translation>矩阵各分支的平台不同</translation>
    </message>
    <message>
        <source>&apos;%1&apos; can&apos;t be part of an artifact&apos;s name</source>
        <translation>“%1”不能作为制品名称的一部分</translation>
    </message>
    <message>
        <source>a matrix whose &apos;include&apos; is no list of lines is not edited</source>
        <translation>不编辑“include”并非逐行列表的矩阵</translation>
    </message>
    <message>
        <source>a matrix of &apos;include&apos; alone can&apos;t leave out platforms: make a list of its first key</source>
        <translation>仅由“include”构成的矩阵无法略去平台：请把其第一个键写成列表</translation>
    </message>
    <message>
        <source>the matrix has &apos;%1&apos; already: give it another name</source>
        <translation>矩阵中已有“%1”：请换一个名称</translation>
    </message>
    <message>
        <source>an entry of &apos;include&apos; that is no map of lines</source>
        <translation>“include”的某个条目不是逐行映射</translation>
    </message>
    <message>
        <source>entries of &apos;include&apos; that only a run knows</source>
        <translation>“include”的条目只有运行时才知道</translation>
    </message>
    <message>
        <source>no key tells the entries of &apos;include&apos; apart by a word that can be part of an artifact&apos;s name: add one</source>
        <translation>没有键能以可作制品名称的词区分“include”的条目：请添加一个</translation>
    </message>
    <message>
        <source>the entries of the matrix bake for different platforms: give each list of platforms a job of its own</source>
        <translation>矩阵各条目以 bake 构建的平台不同：请为每组平台设独立作业</translation>
    </message>
    <message>
        <source>the builds of one entry of the matrix have different platforms</source>
        <translation>矩阵同一条目的各构建平台不同</translation>
    </message>
    <message>
        <source>a script in quotes or folded: write it as a block (run: |)</source>
        <translation>脚本带引号或被折行：请写成块（run: |）</translation>
    </message>
    <message>
        <source>commands follow the build in the same script: give them a step of their own</source>
        <translation>同一脚本中构建之后还有命令：请为它们设独立步骤</translation>
    </message>
    <message>
        <source>other commands stand on the build&apos;s line: give them a line of their own</source>
        <translation>构建所在行还有其他命令：请让它们各占一行</translation>
    </message>
    <message>
        <source>the build&apos;s option %1 can&apos;t be carried over: use docker/build-push-action</source>
        <translation>构建选项 %1 无法沿用：请使用 docker/build-push-action</translation>
    </message>
    <message>
        <source>the tag %1 is known to this script alone: put its parts into `env` or a step&apos;s outputs</source>
        <translation>只有此脚本知道标签 %1：请将其各部分放入 `env` 或步骤的输出</translation>
    </message>
    <message>
        <source>the script pushes otherwise than by --push: use docker/build-push-action</source>
        <translation>脚本不是以 --push 推送：请使用 docker/build-push-action</translation>
    </message>
    <message>
        <source>it runs &apos;%1&apos; too</source>
        <translation>它还运行“%1”</translation>
    </message>
    <message>
        <source>its option %1 can&apos;t be carried over</source>
        <translation>其选项 %1 无法沿用</translation>
    </message>
    <message>
        <source>its tag %1 is known to the shell alone</source>
        <translation>只有 shell 知道其标签 %1</translation>
    </message>
    <message>
        <source>its tags can&apos;t be told</source>
        <translation>无法得知其标签</translation>
    </message>
    <message>
        <source>a comment stands between the key and its value</source>
        <translation>键与值之间有注释</translation>
    </message>
    <message>
        <source>a map in braces is not edited</source>
        <translation>不编辑花括号写法的映射</translation>
    </message>
    <message>
        <source>nothing would be left of the map</source>
        <translation>该映射将什么也不剩</translation>
    </message>
    <message>
        <source>a list in brackets is not edited</source>
        <translation>不编辑方括号写法的列表</translation>
    </message>
    <message>
        <source>the job has no list of steps</source>
        <translation>该作业没有步骤列表</translation>
    </message>
    <message>
        <source>a step with neither &apos;uses&apos; nor &apos;run&apos;</source>
        <translation>步骤既没有“uses”也没有“run”</translation>
    </message>
    <message>
        <source>a step with both &apos;uses&apos; and &apos;run&apos;</source>
        <translation>步骤同时有“uses”和“run”</translation>
    </message>
    <message>
        <source>text expected</source>
        <translation>此处应为文本</translation>
    </message>
    <message>
        <source>the job &apos;%1&apos; is empty</source>
        <translation>作业“%1”为空</translation>
    </message>
    <message>
        <source>the job &apos;%1&apos; has neither &apos;runs-on&apos; nor &apos;uses&apos;</source>
        <translation>作业“%1”既没有“runs-on”也没有“uses”</translation>
    </message>
    <message>
        <source>there is no job &apos;%1&apos;</source>
        <translation>没有作业“%1”</translation>
    </message>
    <message>
        <source>the jobs &apos;%1&apos; and &apos;%2&apos; wait for each other</source>
        <translation>作业“%1”和“%2”互相等待</translation>
    </message>
    <message>
        <source>no workflow: a map expected</source>
        <translation>不是工作流：应为映射</translation>
    </message>
    <message>
        <source>no workflow: &apos;on&apos; is missing</source>
        <translation>不是工作流：缺少“on”</translation>
    </message>
    <message>
        <source>no workflow: &apos;jobs&apos; is missing or empty</source>
        <translation>不是工作流：“jobs”缺失或为空</translation>
    </message>
    <message>
        <source>its aliases and braces can&apos;t be written out</source>
        <translation>其别名和花括号无法展开写出</translation>
    </message>
    <message>
        <source>a control character</source>
        <translation>含有控制字符</translation>
    </message>
    <message>
        <source>not UTF-8</source>
        <translation>不是 UTF-8</translation>
    </message>
    <message>
        <source>the file has more than %1 bytes</source>
        <translation>文件超过 %1 字节</translation>
    </message>
    <message>
        <source>the file is empty</source>
        <translation>文件为空</translation>
    </message>
    <message>
        <source>a second document in the file</source>
        <translation>文件中有第二个文档</translation>
    </message>
    <message>
        <source>a matrix of more than 256 jobs</source>
        <translation>矩阵超过 256 个作业</translation>
    </message>
    <message>
        <source>this build takes its platform from the runner: name it in the file first</source>
        <translation>此构建的平台取自运行器：请先在文件中指明</translation>
    </message>
    <message>
        <source>is not there</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>is no regular file</source>
        <translation>不是普通文件</translation>
    </message>
    <message>
        <source>larger than %1 MiB</source>
        <translation>大于 %1 MiB</translation>
    </message>
    <message>
        <source>none of the last %1 versions uses QEMU</source>
        <translation>最近 %1 个版本都未使用 QEMU</translation>
    </message>
    <message>
        <source>none of the last %1 versions has native runners</source>
        <translation>最近 %1 个版本都没有原生运行器</translation>
    </message>
    <message>
        <source>%1 on %2 is not what was planned from: somebody changed it</source>
        <translation>%2 上的 %1 已不是制定计划时的版本：有人更改了它</translation>
    </message>
    <message>
        <source>GitHub starts a workflow only when its file is on %1 too: merge first, or write to the same file</source>
        <translation>只有文件也在 %1 上时 GitHub 才会启动工作流：请先合并，或写入同一文件</translation>
    </message>
    <message>
        <source>%1 on %2 was changed since: it is left as it is</source>
        <translation>%2 上的 %1 此后已被更改：保持原样</translation>
    </message>
    <message>
        <source>it was merged: %1 has the new %2</source>
        <translation>它已被合并：%1 已有新的 %2</translation>
    </message>
    <message>
        <source>%1 on %2 was changed by somebody else</source>
        <translation>%2 上的 %1 已被他人更改</translation>
    </message>
    <message>
        <source>no commit changed %1 that could be taken back</source>
        <translation>没有更改 %1 且可撤回的提交</translation>
    </message>
    <message>
        <source>there is nothing before commit %1</source>
        <translation>提交 %1 之前没有任何内容</translation>
    </message>
    <message>
        <source>%1 is a link, or lies behind one: only files of the folder itself are written</source>
        <translation>%1 是链接，或位于链接之后：只写入该文件夹自身的文件</translation>
    </message>
    <message>
        <source>%1 is none of the versions found</source>
        <translation>%1 不在找到的版本之中</translation>
    </message>
    <message>
        <source>no earlier version fits</source>
        <translation>没有合适的早先版本</translation>
    </message>
    <message>
        <source>no other workflow builds these platforms with QEMU</source>
        <translation>没有其他工作流用 QEMU 构建这些平台</translation>
    </message>
    <message>
        <source>nothing was written to %1 that could be undone</source>
        <translation>没有写入 %1 的内容可撤销</translation>
    </message>
    <message>
        <source>%1 was changed since: it is left as it is</source>
        <translation>%1 此后已被更改：保持原样</translation>
    </message>
    <message>
        <source>%1 was changed meanwhile</source>
        <translation>%1 在此期间已被更改</translation>
    </message>
    <message>
        <source>%1 can&apos;t be removed</source>
        <translation>无法删除 %1</translation>
    </message>
    <message>
        <source>there is no workflow in %1</source>
        <translation>%1 中没有工作流</translation>
    </message>
    <message>
        <source>%1 has no workflow</source>
        <translation>%1 没有工作流</translation>
    </message>
    <message>
        <source>it is not there</source>
        <translation>它不存在</translation>
    </message>
    <message>
        <source>git is not installed</source>
        <translation>未安装 git</translation>
    </message>
    <message>
        <source>git does not answer</source>
        <translation>git 没有回应</translation>
    </message>
    <message>
        <source>no earlier version of %1 fits</source>
        <translation>%1 没有合适的早先版本</translation>
    </message>
    <message>
        <source>the run does not name its workflow&apos;s file</source>
        <translation>该运行未指明其工作流的文件</translation>
    </message>
    <message>
        <source>%1 does not tell by itself which platforms it publishes; name them with --platform</source>
        <translation>%1 本身未说明发布哪些平台；请用 --platform 指明</translation>
    </message>
    <message>
        <source>%1 does not tell by itself which platforms it publishes as %2; name them with --platform</source>
        <translation>%1 本身未说明以 %2 发布哪些平台；请用 --platform 指明</translation>
    </message>
    <message>
        <source>no successful run of %1 says that it pushed an image; name the image itself</source>
        <translation>%1 没有成功的运行说明它推送了镜像；请直接指明镜像</translation>
    </message>
    <message>
        <source>%1 does not say under which tag it pushed; name it with --image</source>
        <translation>%1 未说明以哪个标签推送；请用 --image 指明</translation>
    </message>
    <message>
        <source>%1 does not say which platforms of %2 it built; name them with --platform</source>
        <translation>%1 未说明构建了 %2 的哪些平台；请用 --platform 指明</translation>
    </message>
    <message>
        <source>there is no %1</source>
        <translation>没有 %1</translation>
    </message>
    <message>
        <source>there is no buildx to read %1 with; name the platforms with --platform</source>
        <translation>没有可用来读取 %1 的 buildx；请用 --platform 指明平台</translation>
    </message>
    <message>
        <source>buildx can&apos;t read %1: %2</source>
        <translation>buildx 无法读取 %1：%2</translation>
    </message>
    <message>
        <source>nothing in %1 is a digest</source>
        <translation>%1 中没有摘要</translation>
    </message>
    <message>
        <source>run %1 of %2 does not say that it pushed %3</source>
        <translation>%2 的运行 %1 未说明它推送了 %3</translation>
    </message>
    <message>
        <source>%1 has no successful run</source>
        <translation>%1 没有成功的运行</translation>
    </message>
    <message>
        <source>no successful run of %1 says that it pushed %2</source>
        <translation>%1 没有成功的运行说明它推送了 %2</translation>
    </message>
    <message>
        <source>nobody is signed in to GitHub; sign in on the page Pipelines</source>
        <translation>尚未登录 GitHub；请在“流水线”页面登录</translation>
    </message>
    <message>
        <source>%1 is being asked already</source>
        <translation>已在询问 %1</translation>
    </message>
    <message>
        <source>GitHub does not accept the token</source>
        <translation>GitHub 不接受该令牌</translation>
    </message>
    <message>
        <source>GitHub&apos;s answer: %1</source>
        <translation>GitHub 的回应：%1</translation>
    </message>
    <message>
        <source>the token lacks the permission %1, which starting a run needs</source>
        <translation>令牌缺少启动运行所需的权限 %1</translation>
    </message>
    <message>
        <source>the token lacks the permission %1, which writing a workflow file needs</source>
        <translation>令牌缺少写入工作流文件所需的权限 %1</translation>
    </message>
    <message>
        <source>the token lacks the permission %1, which changing the repository needs</source>
        <translation>令牌缺少更改仓库所需的权限 %1</translation>
    </message>
    <message>
        <source>its history can&apos;t be read: %1</source>
        <translation>无法读取其历史：%1</translation>
    </message>
    <message>
        <source>its version of commit %1 can&apos;t be read: %2</source>
        <translation>无法读取其提交 %1 的版本：%2</translation>
    </message>
    <message>
        <source>only using the token shows whether it has %1</source>
        <translation>只有使用令牌时才能得知它是否有 %1</translation>
    </message>
    <message>
        <source>it has not answered for 2 s</source>
        <translation>它已有 2 秒没有应答</translation>
    </message>
    <message>
        <source>the builder ended the connection</source>
        <translation>构建器结束了连接</translation>
    </message>
    <message>
        <source>the engine came back without this build: it ended with the engine</source>
        <translation>引擎恢复后没有这次构建：它随引擎一起结束了</translation>
    </message>
    <message>
        <source>the builder no longer knows this build: it neither runs there nor was it kept, so how it ended is unknown</source>
        <translation>构建器不再知道这次构建：它既没有在那里运行，也没有被保留，因此如何结束不得而知</translation>
    </message>
    <message>
        <source>another engine answers at this address now</source>
        <translation>这个地址现在由另一个引擎应答</translation>
    </message>
    <message>
        <source>the reply&apos;s head is too long</source>
        <translation>应答的头部过长</translation>
    </message>
    <message>
        <source>the reply is too long</source>
        <translation>应答过长</translation>
    </message>
    <message>
        <source>%1: the engine&apos;s answer about the container can&apos;t be read</source>
        <translation>%1：无法读取引擎关于该容器的回答</translation>
    </message>
    <message>
        <source>the builder has no record %1</source>
        <translation>构建器没有记录 %1</translation>
    </message>
    <message>
        <source>the connection ended</source>
        <translation>连接已结束</translation>
    </message>
    <message>
        <source>the engine&apos;s answer to exec can&apos;t be read</source>
        <translation>无法读取引擎对 exec 的回答</translation>
    </message>
    <message>
        <source>%1 is longer than announced</source>
        <translation>%1 比声明的长</translation>
    </message>
    <message>
        <source>%1 is shorter than announced</source>
        <translation>%1 比声明的短</translation>
    </message>
    <message>
        <source>%1 has other contents than its name says</source>
        <translation>%1 的内容与其名称所示不符</translation>
    </message>
    <message>
        <source>not a sha256 digest: %1</source>
        <translation>不是 sha256 摘要：%1</translation>
    </message>
    <message>
        <source>%1 is too large to be read whole</source>
        <translation>%1 太大，无法整个读取</translation>
    </message>
    <message>
        <source>nobody watches the builder any more</source>
        <translation>已经没有人在观察这个构建器</translation>
    </message>
    <message>
        <source>no temporary folder could be made in %1</source>
        <translation>无法在 %1 中建立临时目录</translation>
    </message>
    <message>
        <source>not a builder&apos;s name: %1</source>
        <translation>不是构建器的名称：%1</translation>
    </message>
    <message>
        <source>the temporary folder can&apos;t be written: %1</source>
        <translation>无法写入临时目录：%1</translation>
    </message>
    <message>
        <source>%1: the socket&apos;s path is empty or too long</source>
        <translation>%1：套接字的路径为空或过长</translation>
    </message>
    <message>
        <source>the instance file names more than %1 nodes</source>
        <translation>实例文件列出了超过 %1 个节点</translation>
    </message>
    <message>
        <source>its container does not exist; it is made by the first build</source>
        <translation>它的容器不存在；第一次构建时会建立</translation>
    </message>
    <message>
        <source>its container is stopped; it is started by the next build</source>
        <translation>它的容器已停止；下一次构建时会启动</translation>
    </message>
    <message>
        <source>waiting for buildx ls to tell whether it runs</source>
        <translation>等待 buildx ls 告知它是否在运行</translation>
    </message>
    <message>
        <source>connected, but it does not answer</source>
        <translation>已连接，但没有应答</translation>
    </message>
    <message>
        <source>the builder has no worker</source>
        <translation>构建器没有 worker</translation>
    </message>
    <message>
        <source>it refused our certificate: %1</source>
        <translation>它拒绝了我们的证书：%1</translation>
    </message>
    <message>
        <source>its certificate is not trusted: %1</source>
        <translation>它的证书不受信任：%1</translation>
    </message>
    <message>
        <source>docker&apos;s config.json is not a JSON object: %1</source>
        <translation>docker 的 config.json 不是 JSON 对象：%1</translation>
    </message>
    <message>
        <source>GitHub&apos;s answer names no limit</source>
        <translation>GitHub 的回答没有给出限额</translation>
    </message>
    <message>
        <source>cancelled before its index was pushed</source>
        <translation>在推送其索引之前已取消</translation>
    </message>
    <message>
        <source>the cluster has nothing of it; its pods are made by the first build</source>
        <translation>集群中没有它的任何东西；它的 Pod 由第一次构建创建</translation>
    </message>
    <message>
        <source>none of its pods runs</source>
        <translation>它没有正在运行的 Pod</translation>
    </message>
    <message>
        <source>not running as far as buildx ls knows; %1</source>
        <translation>据 buildx ls 所知未在运行；%1</translation>
    </message>
    <message>
        <source>it runs as far as buildx ls knows; %1</source>
        <translation>据 buildx ls 所知正在运行；%1</translation>
    </message>
    <message>
        <source>buildx ls does not tell whether it runs; %1</source>
        <translation>buildx ls 没有说明它是否在运行；%1</translation>
    </message>
    <message>
        <source>to watch pods takes kubectl, which is not on the PATH</source>
        <translation>观察 Pod 需要 kubectl，而它不在 PATH 中</translation>
    </message>
    <message>
        <source>to watch a container on another machine takes the docker command, which is not on the PATH</source>
        <translation>观察另一台机器上的容器需要 docker 命令，而它不在 PATH 中</translation>
    </message>
    <message>
        <source>no instance file says in which cluster its pods are</source>
        <translation>没有实例文件说明它的 Pod 在哪个集群中</translation>
    </message>
    <message>
        <source>a builder of the driver &quot;%1&quot; is not dialled, for that could start it</source>
        <translation>不连接驱动为“%1”的构建器，因为这可能会启动它</translation>
    </message>
    <message>
        <source>dialling could start it</source>
        <translation>连接它可能会启动它</translation>
    </message>
    <message>
        <source>the artifact has expired</source>
        <translation>该制品已过期</translation>
    </message>
    <message>
        <source>job &apos;%1&apos; calls docker/github-builder: %2</source>
        <translation>作业“%1”调用 docker/github-builder：%2</translation>
    </message>
    <message>
        <source>it pushes in every run, so runs that only warm the cache can&apos;t be told</source>
        <translation>它每次运行都会推送，因此无法区分仅用于预热缓存的运行</translation>
    </message>
    <message>
        <source>it builds all of its platforms in every run</source>
        <translation>它每次运行都会构建其所有平台</translation>
    </message>
    <message>
        <source>its platforms can&apos;t be told from the file, so add to them by hand</source>
        <translation>无法从该文件得知其平台，因此请手动添加</translation>
    </message>
</context>
<context>
    <name>PlanTexts</name>
    <message>
        <source>where its cache was exported to, if anywhere</source>
        <translation>缓存导出到了何处（如有）</translation>
    </message>
    <message>
        <source>the folder its result (%1) was written to</source>
        <translation>写入其结果（%1）的目录</translation>
    </message>
    <message>
        <source>the folder behind the named context %1</source>
        <translation>命名上下文 %1 对应的目录</translation>
    </message>
    <message>
        <source>the bake file: only this target (%1) is built again</source>
        <translation>bake 文件：只会再次构建此目标（%1）</translation>
    </message>
    <message>
        <source>whether it used secrets or SSH keys</source>
        <translation>是否用过机密或 SSH 密钥</translation>
    </message>
    <message>
        <source>the secret %1: it is asked for again</source>
        <translation>机密 %1：会再次询问</translation>
    </message>
    <message>
        <source>the SSH key %1: it is asked for again</source>
        <translation>SSH 密钥 %1：会再次询问</translation>
    </message>
    <message>
        <source>what it was allowed beyond the usual (entitlements)</source>
        <translation>获准的额外权限（entitlements）</translation>
    </message>
    <message>
        <source>the image&apos;s tag: each node only pushed its own part</source>
        <translation>镜像的标签：每个节点只推送了自己的部分</translation>
    </message>
    <message>
        <source>the attribute %1, which this version can&apos;t repeat</source>
        <translation>属性 %1，此版本无法重现</translation>
    </message>
    <message>
        <source>the secret-looking value of %1, which was not kept</source>
        <translation>%1 的值疑似机密，未予保留</translation>
    </message>
    <message>
        <source>This build is known from a text only, which holds no arguments.</source>
        <translation>此构建仅来自文本，其中不含参数。</translation>
    </message>
    <message>
        <source>The folder %1 is gone.</source>
        <translation>目录 %1 已不存在。</translation>
    </message>
    <message>
        <source>It is not known which folder to build.</source>
        <translation>不清楚要构建哪个目录。</translation>
    </message>
    <message>
        <source>Its context came through a pipe, which nobody kept.</source>
        <translation>其上下文经管道传入，没有保留。</translation>
    </message>
    <message>
        <source>%1 is gone.</source>
        <translation>%1 已不存在。</translation>
    </message>
    <message>
        <source>Its Dockerfile came through a pipe, which nobody kept.</source>
        <translation>其 Dockerfile 经管道传入，没有保留。</translation>
    </message>
    <message>
        <source>There is no builder %1 any more.</source>
        <translation>构建器 %1 已不存在。</translation>
    </message>
    <message>
        <source>There is neither docker buildx nor a buildx of its own on this machine.</source>
        <translation>这台机器上既没有 docker buildx，也没有独立的 buildx。</translation>
    </message>
    <message>
        <source>The named context %1 is the result of another bake target.</source>
        <translation>命名上下文 %1 是另一个 bake 目标的结果。</translation>
    </message>
    <message>
        <source>The secret %1 is needed again.</source>
        <translation>需要再次提供机密 %1。</translation>
    </message>
    <message>
        <source>The SSH key %1 is needed again.</source>
        <translation>需要再次提供 SSH 密钥 %1。</translation>
    </message>
    <message>
        <source>Its result (%1) was written to files, and it is not known where.</source>
        <translation>其结果（%1）写入了文件，但不清楚写到何处。</translation>
    </message>
    <message>
        <source>The folder of the named context %1 is not known.</source>
        <translation>不清楚命名上下文 %1 的目录。</translation>
    </message>
    <message>
        <source>Name another Dockerfile above.</source>
        <translation>请在上方指定另一个 Dockerfile。</translation>
    </message>
    <message>
        <source>There are: %1.</source>
        <translation>现有：%1。</translation>
    </message>
    <message>
        <source>Make one: docker buildx create.</source>
        <translation>请创建一个：docker buildx create。</translation>
    </message>
    <message>
        <source>Install Debian&apos;s package docker-buildx or Docker&apos;s docker-buildx-plugin.</source>
        <translation>请安装 Debian 的软件包 docker-buildx，或 Docker 的 docker-buildx-plugin。</translation>
    </message>
    <message>
        <source>Build the bake file instead.</source>
        <translation>请改为构建 bake 文件。</translation>
    </message>
    <message>
        <source>its tags and where its result went: this engine records no exports</source>
        <translation>它的标签以及结果的去向：此引擎不记录导出</translation>
    </message>
    <message>
        <source>Bring it back, or choose another folder above.</source>
        <translation>把它恢复回来，或在上方选择另一个文件夹。</translation>
    </message>
    <message>
        <source>Answer above, or do without it; an answer is handed over and not kept.</source>
        <translation>在上方填写，或不使用它；填写的内容只交给构建，不会保存。</translation>
    </message>
    <message>
        <source>Say it under &quot;More options&quot;: type=%1,dest=FOLDER, or type=cacheonly for no result.</source>
        <translation>请在“更多选项”中说明：type=%1,dest=文件夹；不需要结果则用 type=cacheonly。</translation>
    </message>
    <message>
        <source>Name it under &quot;More options&quot;: %1=FOLDER.</source>
        <translation>请在“更多选项”中指定：%1=文件夹。</translation>
    </message>
    <message>
        <source>Choose the build on its builder, in the history, or open its .dockerbuild file.</source>
        <translation>请在其构建器或历史中选择该构建，或打开它的 .dockerbuild 文件。</translation>
    </message>
    <message>
        <source>what the bake file said then and the variables it read: both are taken as they are now</source>
        <translation>bake 文件当时的内容以及它读取的变量：两者均按现在的内容采用</translation>
    </message>
</context>
<context>
    <name>RepeatCommand</name>
    <message>
        <source>The folders of named contexts are not recorded: put them in.</source>
        <translation>记录中没有命名上下文的目录：请自行填入。</translation>
    </message>
    <message>
        <source>Secrets are recorded by id only: add env= or src= where the id is not an environment variable.</source>
        <translation>机密只记录 ID：若 ID 不是环境变量，请补上 env= 或 src=。</translation>
    </message>
    <message>
        <source>Ids of secrets and ssh keys are known only from a provenance, which this build has not.</source>
        <translation>机密与 SSH 密钥的 ID 只能从来源证明得知，而此构建没有来源证明。</translation>
    </message>
    <message>
        <source>Cache exports are not recorded.</source>
        <translation>缓存导出没有记录。</translation>
    </message>
    <message>
        <source>Where the files went is not recorded: &quot;out&quot; stands for it.</source>
        <translation>文件的去处没有记录：以“out”代替。</translation>
    </message>
    <message>
        <source>The context folder is not recorded: &quot;.&quot; stands for it.</source>
        <translation>上下文目录没有记录：以“.”代替。</translation>
    </message>
    <message>
        <source>It was one target of a bake call; this builds the target alone.</source>
        <translation>它是某次 bake 调用的一个目标；此命令只构建该目标。</translation>
    </message>
</context>
<context>
    <name>RunCost</name>
    <message numerus="yes">
        <source>%n minute(s) billed</source>
        <translation>
            <numerusform>计费 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, about %2 %3 (prices of %4; public repositories pay nothing)</source>
        <translation>%1，约 %2 %3（%4 的价格；公共仓库免费）</translation>
    </message>
    <message>
        <source>medians of %1 and %2 runs that succeeded</source>
        <translation>分别为 %1 次与 %2 次成功运行的中位数</translation>
    </message>
    <message>
        <source>With QEMU ×%1 the time of native runners (%2)</source>
        <translation>使用 QEMU 的时间是原生运行器的 %1 倍（%2）</translation>
    </message>
    <message>
        <source>With QEMU ×%1 the time and ×%2 the cost of native runners (%3)</source>
        <translation>使用 QEMU 的时间是原生运行器的 %1 倍，费用是 %2 倍（%3）</translation>
    </message>
</context>
<context>
    <name>WorkflowReport</name>
    <message>
        <source>job %j: runs on %o instead of %d</source>
        <translation>作业 %j：在 %o 上运行，而不是 %d</translation>
    </message>
    <message>
        <source>job %j: sets up QEMU for %d</source>
        <translation>作业 %j：为 %d 设置 QEMU</translation>
    </message>
    <message>
        <source>job %j: no longer sets up QEMU</source>
        <translation>作业 %j：不再设置 QEMU</translation>
    </message>
    <message>
        <source>job %j: sets up QEMU only where %d</source>
        <translation>作业 %j：仅在 %d 时设置 QEMU</translation>
    </message>
    <message>
        <source>job %j: states the platform the runner used to decide: %d</source>
        <translation>作业 %j：写明原先由运行器决定的平台：%d</translation>
    </message>
    <message>
        <source>job %j: builds %o instead of %d at once</source>
        <translation>作业 %j：构建 %o，而不是一次构建 %d</translation>
    </message>
    <message>
        <source>job %j: %o instead of %d, which would be the same everywhere</source>
        <translation>作业 %j：使用 %o 而不是 %d，后者在各处都会相同</translation>
    </message>
    <message>
        <source>job %j: one leg each for %d, on %o</source>
        <translation>作业 %j：%d 各一个分支，在 %o 上</translation>
    </message>
    <message>
        <source>job %j: a failing platform no longer cancels the others</source>
        <translation>作业 %j：一个平台失败不再取消其他平台</translation>
    </message>
    <message>
        <source>job %j: a cache for each architecture: %o instead of %d</source>
        <translation>作业 %j：每个架构一份缓存：%o 而不是 %d</translation>
    </message>
    <message>
        <source>job %j: pushes %d by digest, without tags</source>
        <translation>作业 %j：按摘要推送 %d，不带标签</translation>
    </message>
    <message>
        <source>job %j: hands the digest over as artifact %d</source>
        <translation>作业 %j：将摘要作为产物 %d 交出</translation>
    </message>
    <message>
        <source>job %d: new, merges the platforms, pushes the tags and verifies them</source>
        <translation>作业 %d：新增，合并各平台、推送标签并验证</translation>
    </message>
    <message>
        <source>job %j: these steps go to job %o: %d</source>
        <translation>作业 %j：这些步骤移到作业 %o：%d</translation>
    </message>
    <message>
        <source>job %j: its outputs go to job %o: %d</source>
        <translation>作业 %j：其输出移到作业 %o：%d</translation>
    </message>
    <message>
        <source>job %j: %o instead of %d, which its legs would share</source>
        <translation>作业 %j：使用 %o 而不是 %d，后者会被各分支共用</translation>
    </message>
    <message>
        <source>job %j: waits for %o instead of %d</source>
        <translation>作业 %j：等待 %o 而不是 %d</translation>
    </message>
    <message>
        <source>job %j: %d: %o</source>
        <translation>作业 %j：%d：%o</translation>
    </message>
    <message>
        <source>adds workflow_dispatch, so that it can be tried on a branch</source>
        <translation>添加 workflow_dispatch，以便在分支上试运行</translation>
    </message>
    <message>
        <source>builds at %d to keep the caches warm, and publishes nothing then</source>
        <translation>在 %d 时构建以保持缓存可用，且不发布任何内容</translation>
    </message>
    <message>
        <source>job %j: in pull requests only what a change needs: %d</source>
        <translation>作业 %j：在拉取请求中只构建改动所需的：%d</translation>
    </message>
    <message>
        <source>job %j: publishes no more: %d</source>
        <translation>作业 %j：不再发布：%d</translation>
    </message>
    <message>
        <source>job %j: one job builds %d, no matrix</source>
        <translation>作业 %j：由一个作业构建 %d，不用矩阵</translation>
    </message>
    <message>
        <source>job %j: pushes its tags itself: %d</source>
        <translation>作业 %j：自行推送其标签：%d</translation>
    </message>
    <message>
        <source>job %d: is no longer needed, there are no digests to merge</source>
        <translation>作业 %d：不再需要，没有摘要要合并</translation>
    </message>
    <message>
        <source>job %j: %d is written out, so that it can be edited</source>
        <translation>作业 %j：%d 被展开写出，以便编辑</translation>
    </message>
    <message>
        <source>job %j: %d no longer works (%o is the first that does)</source>
        <translation>作业 %j：%d 已不可用（从 %o 起可用）</translation>
    </message>
    <message>
        <source>job %j: %d is made for a Node.js GitHub no longer ships; %o is maintained</source>
        <translation>作业 %j：%d 面向 GitHub 不再提供的 Node.js；%o 仍在维护</translation>
    </message>
    <message>
        <source>job %j: lacks the permission %d for %o</source>
        <translation>作业 %j：缺少 %o 所需的权限 %d</translation>
    </message>
    <message>
        <source>job %j: needs the permission %d for %o; the repository&apos;s settings decide, nothing is stated</source>
        <translation>作业 %j：%o 需要权限 %d；文件中没有写明，由仓库设置决定</translation>
    </message>
    <message>
        <source>job %j: %d is added by its tag; the file pins actions by commit</source>
        <translation>作业 %j：%d 按标签添加；此文件按提交固定动作</translation>
    </message>
    <message>
        <source>job %j: there is no runner %d; %o exists</source>
        <translation>作业 %j：没有运行器 %d；存在 %o</translation>
    </message>
    <message>
        <source>job %j: asks the machine for its architecture (%d) and will hear another one</source>
        <translation>作业 %j：向机器询问其架构（%d），将得到不同的结果</translation>
    </message>
    <message>
        <source>job %j: its platforms can&apos;t be told from the file</source>
        <translation>作业 %j：无法从文件得知其平台</translation>
    </message>
    <message>
        <source>the builds of %d are not looked at</source>
        <translation>不检查 %d 的构建</translation>
    </message>
    <message>
        <source>job %j: may publish all the same: %d</source>
        <translation>作业 %j：仍可能发布：%d</translation>
    </message>
    <message>
        <source>%d starts with the same events: both would run and publish</source>
        <translation>%d 由相同的事件启动：两者都会运行并发布</translation>
    </message>
    <message>
        <source>job %j: two jobs use the environment %d now, its approval is asked for twice</source>
        <translation>作业 %j：现在有两个作业使用环境 %d，会要求两次批准</translation>
    </message>
    <message>
        <source>job %j: stays a matrix with a job a platform: %d</source>
        <translation>作业 %j：保持每个平台一个作业的矩阵：%d</translation>
    </message>
    <message>
        <source>job %j: its platforms, which had a cache each, share the cache %d: the first build finds it empty; cache-mode stays %o</source>
        <translation>作业 %j：其各平台原来各有一份缓存，现在共用缓存 %d：第一次构建时它是空的；cache-mode 仍为 %o</translation>
    </message>
    <message>
        <source>job %j: each platform gets a cache of its own instead of %d: the first builds find them empty; cache-mode stays %o</source>
        <translation>作业 %j：各平台不再共用 %d，而是各有一份自己的缓存：第一次构建时它们是空的；cache-mode 仍为 %o</translation>
    </message>
</context>
<context>
    <name>WorkflowTexts</name>
    <message>
        <source>Triggers</source>
        <translation>触发器</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>机密</translation>
    </message>
    <message>
        <source>Registries</source>
        <translation>镜像仓库</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Tag rules</source>
        <translation>标签规则</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Caches</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Runners</source>
        <translation>运行器</translation>
    </message>
    <message>
        <source>Nothing in it builds on the runner of another architecture.</source>
        <translation>其中没有任何内容在另一架构的运行器上构建。</translation>
    </message>
    <message>
        <source>Nothing in it is emulated.</source>
        <translation>其中没有任何模拟。</translation>
    </message>
    <message>
        <source>No earlier version of it uses QEMU.</source>
        <translation>它没有使用 QEMU 的早期版本。</translation>
    </message>
    <message>
        <source>No earlier version of it has native runners.</source>
        <translation>它没有使用原生运行器的早期版本。</translation>
    </message>
    <message>
        <source>No other workflow builds these platforms with QEMU.</source>
        <translation>没有其他工作流用 QEMU 构建这些平台。</translation>
    </message>
    <message>
        <source>It does not call docker/github-builder.</source>
        <translation>它没有调用 docker/github-builder。</translation>
    </message>
    <message>
        <source>The present version uses QEMU.</source>
        <translation>当前版本使用 QEMU。</translation>
    </message>
    <message>
        <source>The present version has native runners.</source>
        <translation>当前版本使用原生运行器。</translation>
    </message>
    <message>
        <source>Line %1, %2</source>
        <translation>第 %1 行，%2</translation>
    </message>
    <message>
        <source>builds no image</source>
        <translation>不构建镜像</translation>
    </message>
    <message>
        <source>builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>one platform</source>
        <translation>单个平台</translation>
    </message>
    <message>
        <source>QEMU</source>
        <translation>QEMU</translation>
    </message>
    <message>
        <source>native runners</source>
        <translation>原生运行器</translation>
    </message>
    <message>
        <source>native runners and QEMU</source>
        <translation>原生运行器和 QEMU</translation>
    </message>
    <message>
        <source>cross-compilation</source>
        <translation>交叉编译</translation>
    </message>
    <message>
        <source>Now: %1</source>
        <translation>目前：%1</translation>
    </message>
    <message>
        <source>GitHub starts a workflow only when its file is on %1 too: a new file can be tried after it is merged.</source>
        <translation>只有当工作流文件也在 %1 上时 GitHub 才会启动它：新文件要在合并之后才能试运行。</translation>
    </message>
    <message>
        <source>As it was in commit %1</source>
        <translation>提交 %1 时的版本</translation>
    </message>
    <message>
        <source>%1 is written: %2 bytes. The old bytes are kept for taking it back.</source>
        <translation>写入 %1：%2 字节。原来的字节会保留，以便撤回。</translation>
    </message>
    <message>
        <source>%1 is so already: there is nothing to write.</source>
        <translation>%1 已经如此：没有要写入的内容。</translation>
    </message>
    <message>
        <source>Make the branch %1</source>
        <translation>创建分支 %1</translation>
    </message>
    <message>
        <source>Commit %1 to %2</source>
        <translation>将 %1 提交到 %2</translation>
    </message>
    <message>
        <source>Commit %1, without publishing, to %2</source>
        <translation>将不发布的 %1 提交到 %2</translation>
    </message>
    <message>
        <source>Open a pull request against %1</source>
        <translation>针对 %1 打开拉取请求</translation>
    </message>
    <message>
        <source>Start %1 on %2 and find its run</source>
        <translation>在 %2 上启动 %1 并找到其运行</translation>
    </message>
    <message>
        <source>Delete the branch %1</source>
        <translation>删除分支 %1</translation>
    </message>
    <message>
        <source>Put the original %1 back on %2</source>
        <translation>将 %2 上的 %1 恢复为原样</translation>
    </message>
    <message>
        <source>Read %1 on %2: it is the original, byte for byte</source>
        <translation>读取 %2 上的 %1：与原文件逐字节一致</translation>
    </message>
    <message>
        <source>GitHub can&apos;t be reached (%1). What is done stays; it can go on from here.</source>
        <translation>无法访问 GitHub（%1）。已完成的会保留；可以从这里继续。</translation>
    </message>
    <message>
        <source>GitHub refused it: %1. The token needs contents, workflows and pull requests: write. What is done stays; it can go on from here.</source>
        <translation>GitHub 拒绝了：%1。令牌需要 contents、workflows 和 pull requests 的写权限。已完成的会保留；可以从这里继续。</translation>
    </message>
    <message>
        <source>It can&apos;t be written: %1</source>
        <translation>无法写入：%1</translation>
    </message>
    <message>
        <source>No answer in time: %1. It can go on from here.</source>
        <translation>未及时响应：%1。可以从这里继续。</translation>
    </message>
    <message>
        <source>It stopped: %1. What is done stays; it can go on from here, or be taken back.</source>
        <translation>已停止：%1。已完成的会保留；可以从这里继续，或撤回。</translation>
    </message>
</context>
<context>
    <name>layerline::AccountSettings</name>
    <message>
        <source>That looks like a token. It was not kept: sign in with it instead.</source>
        <translation>这看起来像是令牌，没有保存：请改用它登录。</translation>
    </message>
    <message>
        <source>A client id has letters, digits, dots and dashes only.</source>
        <translation>客户端 id 只含字母、数字、点和短横线。</translation>
    </message>
</context>
<context>
    <name>layerline::AccountText</name>
    <message>
        <source>Not signed in.</source>
        <translation>未登录。</translation>
    </message>
    <message>
        <source>Looking for a token…</source>
        <translation>正在查找令牌…</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>正在询问 %1…</translation>
    </message>
    <message>
        <source>Signed in to %1. This token does not tell whose it is.</source>
        <translation>已登录 %1。此令牌没有说明属于谁。</translation>
    </message>
    <message>
        <source>Signed in to %1 as %2.</source>
        <translation>已以 %2 的身份登录 %1。</translation>
    </message>
    <message>
        <source>%1 does not take this token. It may have run out or been withdrawn.</source>
        <translation>%1 不接受此令牌。它可能已过期或被撤销。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached. It is tried again by itself.</source>
        <translation>无法访问 %1。会自动重试。</translation>
    </message>
    <message>
        <source>The token is kept in the system&apos;s keyring.</source>
        <translation>令牌保存在系统的密钥环中。</translation>
    </message>
    <message>
        <source>The token is in memory only: it is forgotten when Layerline ends.</source>
        <translation>令牌仅在内存中：Layerline 退出后即被遗忘。</translation>
    </message>
    <message>
        <source>The token comes from the environment (%1). It goes before one in the keyring.</source>
        <translation>令牌来自环境变量（%1），优先于密钥环中的令牌。</translation>
    </message>
    <message>
        <source>There is no keyring on this desktop. A token is never written to a file, so it has to be given again at each start.</source>
        <translation>此桌面没有密钥环。令牌绝不会写入文件，因此每次启动都需重新提供。</translation>
    </message>
    <message>
        <source>The keyring did not do what was asked of it: %1</source>
        <translation>密钥环没有完成所要求的操作：%1</translation>
    </message>
    <message>
        <source>A limit of GitHub&apos;s holds: nothing is asked before %1.</source>
        <translation>GitHub 的限制生效中：%1 之前不会发出请求。</translation>
    </message>
    <message>
        <source>%L1 of %L2 requests left</source>
        <translation>剩余 %L1/%L2 次请求</translation>
    </message>
    <message>
        <source>%1, full again at %2</source>
        <translation>%1，%2 恢复全部</translation>
    </message>
    <message>
        <source>Watching runs</source>
        <translation>观察运行</translation>
    </message>
    <message>
        <source>Logs and build records</source>
        <translation>日志和构建记录</translation>
    </message>
    <message>
        <source>Build caches</source>
        <translation>构建缓存</translation>
    </message>
    <message>
        <source>Starting, repeating and cancelling runs</source>
        <translation>启动、重复和取消运行</translation>
    </message>
    <message>
        <source>Why a job waits for your own runners</source>
        <translation>作业为何等待你自己的运行器</translation>
    </message>
    <message>
        <source>Rollback and migration of workflows</source>
        <translation>工作流的回滚与迁移</translation>
    </message>
    <message>
        <source>%1: needs %2</source>
        <translation>%1：需要 %2</translation>
    </message>
    <message>
        <source>%1: may need %2, which shows only in use</source>
        <translation>%1：可能需要 %2，使用时才知道</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>layerline::ActionDialog</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>What will run</source>
        <translation>将要运行的内容</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>layerline::AddressDialog</name>
    <message>
        <source>An address begins with unix:// or tcp://.</source>
        <translation>地址须以 unix:// 或 tcp:// 开头。</translation>
    </message>
    <message>
        <source>After unix:// comes a path from the root, as in unix:///run/buildkit/buildkitd.sock.</source>
        <translation>unix:// 之后须为绝对路径，例如 unix:///run/buildkit/buildkitd.sock。</translation>
    </message>
    <message>
        <source>After tcp:// comes a host, as in tcp://10.0.0.7:1234.</source>
        <translation>tcp:// 之后须为主机，例如 tcp://10.0.0.7:1234。</translation>
    </message>
    <message>
        <source>After the host comes a port from 1 to 65535, as in tcp://10.0.0.7:1234.</source>
        <translation>主机之后须为 1 到 65535 之间的端口，例如 tcp://10.0.0.7:1234。</translation>
    </message>
    <message>
        <source>There are characters that belong in no address: spaces, a user, or a path behind the port.</source>
        <translation>含有地址中不应出现的内容：空格、用户名，或端口之后的路径。</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add a builder address</source>
        <translation>添加构建器地址</translation>
    </message>
    <message>
        <source>Where a BuildKit daemon (buildkitd) listens. Layerline only watches it.</source>
        <translation>BuildKit 守护进程（buildkitd）监听的地址。Layerline 只监视它。</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>This address is watched already.</source>
        <translation>此地址已在监视中。</translation>
    </message>
</context>
<context>
    <name>layerline::BuildActions</name>
    <message>
        <source>Build again</source>
        <translation>再次构建</translation>
    </message>
    <message>
        <source>As it was…</source>
        <translation>按原样…</translation>
    </message>
    <message>
        <source>%1 only…</source>
        <translation>仅 %1…</translation>
    </message>
    <message>
        <source>Something else…</source>
        <translation>其他…</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>取消 %1</translation>
    </message>
    <message>
        <source>Cancel the build</source>
        <translation>取消构建</translation>
    </message>
    <message>
        <source>Its client is interrupted, and killed if it has not ended after ten seconds. Steps that are done stay in the cache.</source>
        <translation>先中断其客户端；若十秒后仍未结束，则强制终止。已完成的步骤会留在缓存中。</translation>
    </message>
    <message>
        <source>Layerline did not start this build. BuildKit has no call to cancel somebody else&apos;s: press Ctrl+C in the terminal it was started in, or stop the program that started it.</source>
        <translation>此构建不是由 Layerline 启动的。BuildKit 没有取消他人构建的调用：请在启动它的终端中按 Ctrl+C，或停止启动它的程序。</translation>
    </message>
    <message>
        <source>Build it for %1 alone, without emulation, instead of waiting</source>
        <translation>只为 %1 构建，不经模拟，不再等待</translation>
    </message>
    <message>
        <source>Cancel…</source>
        <translation>取消…</translation>
    </message>
    <message>
        <source>How to stop it…</source>
        <translation>如何停止它…</translation>
    </message>
    <message>
        <source>Layerline did not start this build and has no way to cancel it</source>
        <translation>此构建不是由 Layerline 启动的，Layerline 无法取消它</translation>
    </message>
    <message>
        <source>Try %1 again…</source>
        <translation>再试一次 %1…</translation>
    </message>
    <message>
        <source>The disk of %1 is full: %2 could not be built.</source>
        <translation>%1 的磁盘已满：%2 未能构建。</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>Only %1 are free on %2, where %3 keeps its cache.</source>
        <translation>%3 存放缓存的 %2 仅剩 %1。</translation>
    </message>
    <message>
        <source>It has not begun: it waits for a place on %1. It is taken out of the queue.</source>
        <translation>它尚未开始：正在等待 %1 上的空位。它将从队列中移除。</translation>
    </message>
    <message>
        <source>How to stop %1</source>
        <translation>如何停止 %1</translation>
    </message>
    <message>
        <source>It was started in %1 by: %2</source>
        <translation>它在 %1 中由以下命令启动：%2</translation>
    </message>
    <message>
        <source>The process that looked after it is gone: this window does both, so it has to stay open until then.</source>
        <translation>照管它的进程已不存在：这两步由本窗口执行，因此在此之前窗口必须保持打开。</translation>
    </message>
    <message>
        <source># after ten seconds, if it still runs:</source>
        <translation># 十秒后，如果它仍在运行：</translation>
    </message>
</context>
<context>
    <name>layerline::BuildDialog</name>
    <message>
        <source>Start the build</source>
        <translation>启动构建</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Folder, bake file, or address of a git repository</source>
        <translation>目录、bake 文件或 git 仓库地址</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <comment>the file&apos;s usual name</comment>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>name:tag, several with spaces between</source>
        <translation>name:tag，多个之间用空格分隔</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>%1 only</source>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source>Add a native node…</source>
        <translation>添加原生节点…</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>推送</translation>
    </message>
    <message>
        <source>Send the result to the registry its tags name</source>
        <translation>将结果发送到标签所指的镜像仓库</translation>
    </message>
    <message>
        <source>Keep going</source>
        <translation>继续其余平台</translation>
    </message>
    <message>
        <source>One build for each platform: when one fails the others finish, and only that one is tried again</source>
        <translation>每个平台各一次构建：某个失败时其他的照常完成，重试时也只重试失败的那个</translation>
    </message>
    <message>
        <source>Without cache</source>
        <translation>不使用缓存</translation>
    </message>
    <message>
        <source>Run every step, also those that are cached</source>
        <translation>运行每个步骤，包括已缓存的</translation>
    </message>
    <message>
        <source>Look for newer base images</source>
        <translation>检查是否有更新的基础镜像</translation>
    </message>
    <message>
        <source>Ask the registries instead of taking the base images that are here</source>
        <translation>询问镜像仓库，而不直接使用本地已有的基础镜像</translation>
    </message>
    <message>
        <source>What will run</source>
        <translation>将运行的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message numerus="yes">
        <source>%n platform(s) will run under QEMU, which is several times slower. A native node avoids that.</source>
        <translation>
            <numerusform>%n 个平台将在 QEMU 下运行，会慢数倍。使用原生节点可避免这种情况。</numerusform>
        </translation>
    </message>
    <message>
        <source>No record keeps these, so they are not repeated:</source>
        <translation>以下内容没有任何记录保存，因此不会重复：</translation>
    </message>
    <message>
        <source>Folder to build</source>
        <translation>要构建的目录</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Dockerfile or bake file…</source>
        <translation>Dockerfile 或 bake 文件…</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>Looking for what can be built…</source>
        <translation>正在查找可构建的目标…</translation>
    </message>
    <message>
        <source>The targets are not known: %1</source>
        <translation>无法得知目标：%1</translation>
    </message>
    <message numerus="yes">
        <source>Usually adds %1 to the builder&apos;s disk, at most %2 (from %n earlier build(s)).</source>
        <translation>
            <numerusform>通常会在构建器的磁盘上增加 %1，最多 %2（依据 %n 次以往构建）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Only %1 are free on %2.</source>
        <translation>%2 仅剩 %1。</translation>
    </message>
    <message>
        <source>%1 are free on %2.</source>
        <translation>%2 剩余 %1。</translation>
    </message>
    <message>
        <source>None chosen: for the platforms the bake file names.</source>
        <translation>未选择：使用 bake 文件指定的平台。</translation>
    </message>
    <message>
        <source>None chosen: for the builder&apos;s own platform.</source>
        <translation>未选择：使用构建器自身的平台。</translation>
    </message>
    <message>
        <source>For %1 the builder has neither a node nor QEMU. To install QEMU, on the machine of its engine: apt install qemu-user-static binfmt-support, or docker run --privileged --rm tonistiigi/binfmt --install %2</source>
        <translation>构建器既没有 %1 的节点，也没有 QEMU。要安装 QEMU，请在其引擎所在的机器上执行：apt install qemu-user-static binfmt-support，或 docker run --privileged --rm tonistiigi/binfmt --install %2</translation>
    </message>
    <message>
        <source>named by the bake file</source>
        <translation>由 bake 文件指定</translation>
    </message>
    <message>
        <source>Dockerfile or bake file to build</source>
        <translation>要构建的 Dockerfile 或 bake 文件</translation>
    </message>
    <message>
        <source>The builder is not running: where its platforms run is known once it is.</source>
        <translation>构建器没有运行：等它运行后才知道它的各平台在哪里运行。</translation>
    </message>
    <message>
        <source>All targets of the call instead of this one, from the bake file as it is now</source>
        <translation>改为构建该调用的所有目标，按 bake 文件现在的内容</translation>
    </message>
</context>
<context>
    <name>layerline::BuildExtras</name>
    <message>
        <source>More options</source>
        <translation>更多选项</translation>
    </message>
    <message>
        <source>Build arguments</source>
        <translation>构建参数</translation>
    </message>
    <message>
        <source>NAME=VALUE, one a line</source>
        <translation>每行一个：名称=值</translation>
    </message>
    <message>
        <source>Named contexts</source>
        <translation>命名上下文</translation>
    </message>
    <message>
        <source>NAME=FOLDER, several with spaces between</source>
        <translation>名称=文件夹，多个之间用空格分隔</translation>
    </message>
    <message>
        <source>More secrets</source>
        <translation>更多机密</translation>
    </message>
    <message>
        <source>ids that the Dockerfile does not show; their values are asked for</source>
        <translation>Dockerfile 中没有列出的 id；会询问它们的值</translation>
    </message>
    <message>
        <source>Cache from</source>
        <translation>缓存来源</translation>
    </message>
    <message>
        <source>Cache to</source>
        <translation>缓存去向</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Load the image into the engine</source>
        <translation>将镜像加载到引擎</translation>
    </message>
    <message>
        <source>It waits while this many of Layerline&apos;s builds run on the builder</source>
        <translation>构建器上已有这么多 Layerline 的构建在运行时，它会等待</translation>
    </message>
    <message>
        <source>Builds at once</source>
        <translation>同时构建数</translation>
    </message>
</context>
<context>
    <name>layerline::BuildHeader</name>
    <message numerus="yes">
        <source>builder %1 · %n nodes</source>
        <translation>
            <numerusform>构建器 %1 · %n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>builder %1</source>
        <translation>构建器 %1</translation>
    </message>
    <message>
        <source>These nodes&apos; records look like parts of one build (old buildx keeps no common ref).</source>
        <translation>这些节点的记录看起来属于同一次构建（旧版 buildx 不保存共同的引用）。</translation>
    </message>
    <message>
        <source>from a file</source>
        <translation>来自文件</translation>
    </message>
    <message>
        <source>from rawjson</source>
        <translation>来自 rawjson</translation>
    </message>
    <message>
        <source>from a log: edges unknown</source>
        <translation>来自日志：依赖关系未知</translation>
    </message>
    <message>
        <source>GitHub Actions</source>
        <translation>GitHub Actions</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Elapsed</source>
        <translation>已用时间</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>of %1</source>
        <translation>共 %1</translation>
    </message>
    <message>
        <source>From cache</source>
        <translation>来自缓存</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>Emulated so far</source>
        <translation>已模拟</translation>
    </message>
    <message>
        <source>Emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>native would take about %1</source>
        <translation>原生约需 %1</translation>
    </message>
    <message>
        <source>%1 usually takes %2.</source>
        <translation>%1 通常需要 %2。</translation>
    </message>
    <message>
        <source>slower than usual</source>
        <translation>比平时慢</translation>
    </message>
    <message>
        <source>From what the same steps took on the other architecture, times the measured slow-down of emulation.</source>
        <translation>依据相同步骤在另一架构上的用时，乘以实测的模拟减速倍数。</translation>
    </message>
    <message numerus="yes">
        <source>From %n earlier build(s) of this target on this builder.</source>
        <translation>
            <numerusform>依据此构建器上同一目标的 %n 次以往构建。</numerusform>
        </translation>
    </message>
    <message>
        <source>Left (10–90 %)</source>
        <translation>剩余（10–90 %）</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>median %1</source>
        <translation>中位数 %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>GitHub Actions: edges unknown</source>
        <translation>GitHub Actions：依赖关系未知</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListDelegate</name>
    <message>
        <source>started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>ended %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 steps, %3 from cache</source>
        <translation>%1 / %2 个步骤，%3 个来自缓存</translation>
    </message>
    <message numerus="yes">
        <source>Bake of %n build(s)</source>
        <translation>
            <numerusform>%n 个构建的 Bake</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>bake · %n build(s)</source>
        <translation>
            <numerusform>bake · %n 个构建</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个运行中</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>slower than usual</source>
        <translation>比平时慢</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListModel</name>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>%n 个平台</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1%2 failed</source>
        <translation>%1%2 失败</translation>
    </message>
    <message>
        <source>%1failed</source>
        <translation>%1失败</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1 / %2 个步骤</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>启动中</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接中断</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy 年 M 月 d 日</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>completed</source>
        <translation>已完成</translation>
    </message>
    <message numerus="yes">
        <source>bake of %n build(s)</source>
        <translation>
            <numerusform>%n 个构建的 bake</numerusform>
        </translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>collapsed</source>
        <translation>已折叠</translation>
    </message>
</context>
<context>
    <name>layerline::BuildListPanel</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Search builds, tags, errors…</source>
        <translation>搜索构建、标签、错误…</translation>
    </message>
    <message>
        <source>Search builds</source>
        <translation>搜索构建</translation>
    </message>
    <message>
        <source>Ctrl K</source>
        <translation>Ctrl K</translation>
    </message>
    <message>
        <source>No build matches</source>
        <translation>没有匹配的构建</translation>
    </message>
    <message numerus="yes">
        <source>The name, builder, tag, platform, error and reference of %n build(s) were searched for “%1”.</source>
        <translation>
            <numerusform>已在 %n 个构建的名称、构建器、标签、平台、错误和引用中查找“%1”。</numerusform>
        </translation>
    </message>
    <message>
        <source>Clear the search</source>
        <translation>清除搜索</translation>
    </message>
    <message>
        <source>No builds yet</source>
        <translation>还没有构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, it appears here by itself:
docker buildx build .</source>
        <translation>在任意终端启动构建，它会自动出现在这里：
docker buildx build .</translation>
    </message>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Search…</source>
        <translation>搜索…</translation>
    </message>
</context>
<context>
    <name>layerline::BuildPage</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>layerline::BuildProject</name>
    <message>
        <source>buildx did not answer within %1 seconds.</source>
        <translation>buildx 在 %1 秒内没有响应。</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
</context>
<context>
    <name>layerline::BuildSetup</name>
    <message>
        <source>New build</source>
        <translation>新建构建</translation>
    </message>
    <message>
        <source>Build %1 again</source>
        <translation>再次构建 %1</translation>
    </message>
    <message>
        <source>The preset</source>
        <translation>该预设</translation>
    </message>
    <message>
        <source>Cancel the running build of %1 first</source>
        <translation>先取消正在运行的 %1 构建</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message numerus="yes">
        <source>%n of Layerline&apos;s build(s) run on %1: this one waits until fewer than %2 do.</source>
        <translation>
            <numerusform>%1 上有 %n 个 Layerline 的构建在运行：少于 %2 个时此构建才开始。</numerusform>
        </translation>
    </message>
    <message>
        <source>The running build of %1 was not started by Layerline: it goes on until it is stopped where it was started.</source>
        <translation>正在运行的 %1 构建不是由 Layerline 启动的：它会继续运行，直到在启动它的地方被停止。</translation>
    </message>
    <message>
        <source>The build</source>
        <translation>该构建</translation>
    </message>
    <message>
        <source>Repeat the whole bake call it was a part of (%1)</source>
        <translation>重复它所属的整个 bake 调用（%1）</translation>
    </message>
    <message>
        <source>Replace the preset “%1”</source>
        <translation>替换预设“%1”</translation>
    </message>
    <message>
        <source>Keep this build as “%1”</source>
        <translation>将此构建保存为“%1”</translation>
    </message>
    <message>
        <source>What is filled in is kept for %1 without any secret&apos;s value. Nothing is built.</source>
        <translation>填写的内容会为 %1 保存，不含任何机密的值。不会构建任何东西。</translation>
    </message>
    <message>
        <source>What the preset holds now is lost: %1</source>
        <translation>预设现有的内容将丢失：%1</translation>
    </message>
    <message>
        <source>Replace the preset</source>
        <translation>替换预设</translation>
    </message>
    <message>
        <source>Keep the preset</source>
        <translation>保存预设</translation>
    </message>
    <message>
        <source>Delete the preset “%1”</source>
        <translation>删除预设“%1”</translation>
    </message>
    <message>
        <source>What was kept under this name is forgotten for this project. The form stays as it is.</source>
        <translation>此项目将忘记以此名称保存的内容。表单保持不变。</translation>
    </message>
    <message>
        <source>It can be kept again by: %1</source>
        <translation>可用此命令重新保存：%1</translation>
    </message>
    <message>
        <source>Delete the preset</source>
        <translation>删除预设</translation>
    </message>
</context>
<context>
    <name>layerline::BuilderActions</name>
    <message>
        <source>Clean up the cache of %1</source>
        <translation>清理 %1 的缓存</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n)</source>
        <translation>
            <numerusform>%1（%n）</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete %1 of cache</source>
        <translation>删除 %1 缓存</translation>
    </message>
    <message>
        <source>There is nothing to delete.</source>
        <translation>没有可删除的内容。</translation>
    </message>
    <message>
        <source>Use %1 by default</source>
        <translation>默认使用 %1</translation>
    </message>
    <message>
        <source>`docker buildx build` without --builder goes to it from then on.</source>
        <translation>此后，不带 --builder 的 `docker buildx build` 都会使用它。</translation>
    </message>
    <message>
        <source>Start %1</source>
        <translation>启动 %1</translation>
    </message>
    <message>
        <source>Its containers start; what is missing is pulled.</source>
        <translation>它的容器会启动；缺少的镜像会被拉取。</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>停止 %1</translation>
    </message>
    <message>
        <source>Builds that run on it fail. Its cache stays.</source>
        <translation>在它上面运行的构建会失败。它的缓存会保留。</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>The builder goes, with its containers and their cache. Builds that run on it fail.</source>
        <translation>构建器连同它的容器及缓存都会被移除。在它上面运行的构建会失败。</translation>
    </message>
    <message>
        <source>Add a native node</source>
        <translation>添加原生节点</translation>
    </message>
    <message>
        <source>Running…</source>
        <translation>运行中…</translation>
    </message>
    <message>
        <source>It ended with status %1.</source>
        <translation>已结束，状态码 %1。</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) go, %1 in all.</source>
        <translation>
            <numerusform>将删除 %n 条记录，共 %1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s) of %1 stay: what a running build needs, and what was not asked for.</source>
        <translation>
            <numerusform>%1 的 %n 条记录会保留：正在运行的构建所需的，以及未要求删除的。</numerusform>
        </translation>
    </message>
    <message>
        <source>The next builds run the steps again whose results go.</source>
        <translation>结果被删除的步骤在下次构建时会重新运行。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s) have not said what they hold; what they have to give comes on top.</source>
        <translation>
            <numerusform>%n 个节点尚未说明其占用；它们能释放的空间另计。</numerusform>
        </translation>
    </message>
    <message>
        <source>Take node %1 out of %2</source>
        <translation>将节点 %1 从 %2 中移除</translation>
    </message>
    <message>
        <source>The builder goes on without it: platforms that ran natively there are emulated elsewhere, or can&apos;t be built.</source>
        <translation>构建器会在没有它的情况下继续工作：原来在其上原生运行的平台将在别处模拟，或无法构建。</translation>
    </message>
    <message>
        <source>A container of its own stays on that machine, with its cache.</source>
        <translation>它自己的容器及其缓存会留在那台机器上。</translation>
    </message>
    <message>
        <source>Fetch base images to %1</source>
        <translation>将基础镜像拉取到 %1</translation>
    </message>
    <message>
        <source>The images a project&apos;s Dockerfile builds upon are fetched and unpacked, so that the next build need not wait for them. Nothing of them is run.</source>
        <translation>拉取并解包项目的 Dockerfile 所基于的镜像，使下次构建不必等待。不会运行其中的任何内容。</translation>
    </message>
    <message>
        <source>Fetch them</source>
        <translation>拉取</translation>
    </message>
    <message>
        <source>Choose a project.</source>
        <translation>请选择一个项目。</translation>
    </message>
    <message>
        <source>It runs as a build of its own and is shown among the builds.</source>
        <translation>它作为一次单独的构建运行，并显示在构建列表中。</translation>
    </message>
    <message>
        <source>Make a builder</source>
        <translation>创建构建器</translation>
    </message>
    <message>
        <source>buildx remembers it under its name. A container or pod is made when it is started first: now, if you say so, else by its first build.</source>
        <translation>buildx 会按名称记住它。容器或 pod 在首次启动时创建：如果你要求，就是现在；否则由它的首次构建创建。</translation>
    </message>
    <message>
        <source>Make it</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Say where it is: a remote BuildKit has an address.</source>
        <translation>请说明它的位置：远程 BuildKit 需要一个地址。</translation>
    </message>
    <message>
        <source>%1 is no list of platforms.</source>
        <translation>%1 不是平台列表。</translation>
    </message>
</context>
<context>
    <name>layerline::BuilderCard</name>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message>
        <source>unused for %1</source>
        <translation>%1未使用</translation>
    </message>
    <message>
        <source>beyond %1 in all</source>
        <translation>总量超过 %1</translation>
    </message>
    <message>
        <source>never below %1</source>
        <translation>至少保留 %1</translation>
    </message>
    <message>
        <source>when less than %1 is free</source>
        <translation>可用空间少于 %1 时</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>what no image uses</source>
        <translation>没有镜像使用的内容</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The buildx driver</source>
        <translation>buildx 驱动</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>`docker buildx build` uses it when no builder is named</source>
        <translation>未指定构建器时，`docker buildx build` 使用它</translation>
    </message>
    <message>
        <source>BuildKit %1</source>
        <translation>BuildKit %1</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) running</source>
        <translation>
            <numerusform>%n 个构建运行中</numerusform>
        </translation>
    </message>
    <message>
        <source>same engine as %1</source>
        <translation>与 %1 是同一引擎</translation>
    </message>
    <message>
        <source>Worker %1</source>
        <translation>Worker %1</translation>
    </message>
    <message>
        <source>Cache %1</source>
        <translation>缓存 %1</translation>
    </message>
    <message>
        <source>nothing kept yet</source>
        <translation>尚无内容</translation>
    </message>
    <message>
        <source>%1 can be freed</source>
        <translation>可释放 %1</translation>
    </message>
    <message>
        <source>Removed by itself</source>
        <translation>自动清理</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>管理</translation>
    </message>
    <message>
        <source>Clean up its cache…</source>
        <translation>清理缓存…</translation>
    </message>
    <message>
        <source>Use it by default…</source>
        <translation>设为默认…</translation>
    </message>
    <message>
        <source>Add a node…</source>
        <translation>添加节点…</translation>
    </message>
    <message>
        <source>Start it…</source>
        <translation>启动…</translation>
    </message>
    <message>
        <source>Stop it…</source>
        <translation>停止…</translation>
    </message>
    <message>
        <source>Remove it…</source>
        <translation>移除…</translation>
    </message>
    <message>
        <source>Fetch a project&apos;s base images…</source>
        <translation>拉取项目的基础镜像…</translation>
    </message>
    <message>
        <source>Take node %1 out…</source>
        <translation>移除节点 %1…</translation>
    </message>
    <message>
        <source>It is stopped: its cache can&apos;t be reached.</source>
        <translation>它已停止：无法访问它的缓存。</translation>
    </message>
    <message>
        <source>It does not answer: its cache can&apos;t be reached.</source>
        <translation>它没有回答：无法访问它的缓存。</translation>
    </message>
    <message>
        <source>It is Docker&apos;s own: Docker starts, stops and removes it.</source>
        <translation>它是 Docker 自带的：由 Docker 启动、停止和移除。</translation>
    </message>
    <message>
        <source>It is used by default already.</source>
        <translation>它已经是默认使用的构建器。</translation>
    </message>
    <message>
        <source>It runs.</source>
        <translation>它正在运行。</translation>
    </message>
    <message>
        <source>It is not stopped: it does not answer.</source>
        <translation>它并未停止：只是没有回答。</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>它没有运行。</translation>
    </message>
    <message>
        <source>next try in %1 s</source>
        <translation>%1 秒后重试</translation>
    </message>
</context>
<context>
    <name>layerline::BuildersModel</name>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>local contexts</source>
        <translation>本地上下文</translation>
    </message>
    <message>
        <source>git checkouts</source>
        <translation>git 检出</translation>
    </message>
    <message>
        <source>cache mounts</source>
        <translation>缓存挂载</translation>
    </message>
    <message>
        <source>frontends</source>
        <translation>前端</translation>
    </message>
    <message>
        <source>internal</source>
        <translation>内部</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>live</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>down</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>not answering</source>
        <translation>无响应</translation>
    </message>
    <message>
        <source>forbidden</source>
        <translation>被拒绝</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 is being reached for the first time.</source>
        <translation>正在首次连接 %1。</translation>
    </message>
    <message>
        <source>Nobody answers at %1&apos;s address. Is its engine running?</source>
        <translation>%1 的地址无人应答。它的引擎在运行吗？</translation>
    </message>
    <message>
        <source>%1 takes the connection but does not answer in time. It may be overloaded or frozen.</source>
        <translation>%1 接受了连接，但未及时应答。它可能过载或已冻结。</translation>
    </message>
    <message>
        <source>%1 is stopped and stays so: Layerline never starts a builder by looking at it.</source>
        <translation>%1 已停止，并保持停止：Layerline 从不因为查看而启动构建器。</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>驱动</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Disk use</source>
        <translation>磁盘占用</translation>
    </message>
    <message>
        <source>We are not let in at %1. Your user may need to be in the docker group, or a key or certificate is missing or not trusted.</source>
        <translation>%1 不让我们进入。你的用户可能需要加入 docker 组，或者密钥、证书缺失或不受信任。</translation>
    </message>
    <message>
        <source>not watched</source>
        <translation>未观察</translation>
    </message>
    <message>
        <source>%1 is not watched: there is no way to look at it here that could not start it.</source>
        <translation>未观察 %1：这里没有不会启动它的查看方式。</translation>
    </message>
</context>
<context>
    <name>layerline::BuildersPage</name>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Read the nodes and their disk use anew</source>
        <translation>重新读取节点及其磁盘占用</translation>
    </message>
    <message>
        <source>No builder is known. Start Docker, or make one with `docker buildx create`: it appears here by itself.</source>
        <translation>没有已知的构建器。启动 Docker，或用 `docker buildx create` 创建一个：它会自动出现在这里。</translation>
    </message>
    <message numerus="yes">
        <source>%n node(s)</source>
        <translation>
            <numerusform>%n 个节点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n live</source>
        <translation>
            <numerusform>%n 个在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a problem</source>
        <translation>
            <numerusform>%n 个有问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a builder address…</source>
        <translation>添加构建器地址…</translation>
    </message>
    <message>
        <source>Watch a BuildKit daemon that buildx and Docker do not know</source>
        <translation>监视 buildx 和 Docker 不知道的 BuildKit 守护进程</translation>
    </message>
    <message>
        <source>New builder…</source>
        <translation>新建构建器…</translation>
    </message>
    <message>
        <source>Make a builder with buildx: a container, a remote BuildKit, pods of a cluster</source>
        <translation>用 buildx 创建构建器：容器、远程 BuildKit、集群中的 pod</translation>
    </message>
</context>
<context>
    <name>layerline::CachesDialog</name>
    <message>
        <source>Delete this scope&apos;s entries…</source>
        <translation>删除此作用域的条目…</translation>
    </message>
    <message>
        <source>Build caches of %1</source>
        <translation>%1 的构建缓存</translation>
    </message>
    <message>
        <source>Asking GitHub…</source>
        <translation>正在询问 GitHub…</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>作用域</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>修订版本</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>写入时间</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %2 used by %n entries.</source>
        <translation>
            <numerusform>已用 %1 / %2，共 %n 个条目。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 used by %n entries.</source>
        <translation>
            <numerusform>已用 %1，共 %n 个条目。</numerusform>
        </translation>
    </message>
    <message>
        <source>Layers are shared between scopes, so GitHub knows no size of a scope. What nobody used for 7 days is deleted.</source>
        <translation>层由各作用域共享，因此 GitHub 不知道单个作用域的大小。7 天无人使用的内容会被删除。</translation>
    </message>
    <message>
        <source>live</source>
        <translation>有效</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>已过时</translation>
    </message>
    <message>
        <source>written by several architectures</source>
        <translation>由多个架构写入</translation>
    </message>
    <message>
        <source>Delete cache entries</source>
        <translation>删除缓存条目</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries of the cache scope “%1”? The next build of it starts without a cache. This can&apos;t be undone.</source>
        <translation>
            <numerusform>删除缓存作用域“%1”的 %n 个条目？它的下一次构建将没有缓存可用。此操作无法撤销。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n entries</source>
        <translation>
            <numerusform>删除 %n 个条目</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is written by several architectures: the last one to finish wins, the others find nothing. Writers: %2.</source>
        <translation>%1 由多个架构写入：最后完成的覆盖其余，其他架构找不到缓存。写入者：%2。</translation>
    </message>
    <message>
        <source>%1 may be written by several jobs of a run.</source>
        <translation>%1 可能被同一次运行的多个作业写入。</translation>
    </message>
    <message numerus="yes">
        <source>Its entries show it: %n time(s) one revision was replaced within half an hour.</source>
        <translation>
            <numerusform>其条目可以证明：有 %n 次同一修订版在半小时内被替换。</numerusform>
        </translation>
    </message>
    <message>
        <source>Not every workflow could be looked into, so there may be more: %1</source>
        <translation>并非所有工作流都能查看，因此可能还有更多：%1</translation>
    </message>
    <message numerus="yes">
        <source>live, %n stale</source>
        <translation>
            <numerusform>有效，%n 项已过时</numerusform>
        </translation>
    </message>
    <message>
        <source>GitHub did not tell the repository&apos;s own limit; %1 is its default.</source>
        <translation>GitHub 没有告知该仓库自己的限额；%1 是其默认值。</translation>
    </message>
</context>
<context>
    <name>layerline::CallBox</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>layerline::ChoiceCard</name>
    <message>
        <source>Emulated: %1 slower than %2 in this build.</source>
        <translation>模拟运行：在本次构建中比 %2 慢 %1。</translation>
    </message>
    <message>
        <source>Emulated: this builder has no %1 machine.</source>
        <translation>模拟运行：此构建器没有 %1 机器。</translation>
    </message>
    <message>
        <source>%1 needs %2 more</source>
        <translation>%1 还需要 %2</translation>
    </message>
    <message>
        <source>%1 may be stuck: %2 has run for %3</source>
        <translation>%1 可能卡住了：%2 已运行 %3</translation>
    </message>
    <message>
        <source>It usually takes %1.</source>
        <translation>它通常需要 %1。</translation>
    </message>
    <message>
        <source>%1 has been at %2 for %3</source>
        <translation>%1 在 %2 上已运行 %3</translation>
    </message>
    <message>
        <source>It took %1 on %2. How long it still takes here nothing tells.</source>
        <translation>它在 %2 上用了 %1。在这里还需多久，无从得知。</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>继续等待</translation>
    </message>
    <message>
        <source>nobody knows how long</source>
        <translation>不知道还要多久</translation>
    </message>
    <message>
        <source>Hides this for this build</source>
        <translation>对本次构建不再显示</translation>
    </message>
    <message>
        <source>at once, cached</source>
        <translation>立即完成（已缓存）</translation>
    </message>
    <message>
        <source>native speed</source>
        <translation>原生速度</translation>
    </message>
    <message>
        <source>%1 only…</source>
        <translation>仅 %1…</translation>
    </message>
    <message>
        <source>%1 · no %2</source>
        <translation>%1 · 不含 %2</translation>
    </message>
    <message>
        <source>Builds it again for %1 alone, without emulation; shows what it would do first</source>
        <translation>仅为 %1 重新构建，不用模拟；会先显示将要做什么</translation>
    </message>
    <message>
        <source>Add %1 node…</source>
        <translation>添加 %1 节点…</translation>
    </message>
    <message>
        <source>%1 · needs a machine</source>
        <translation>%1 · 需要一台机器</translation>
    </message>
    <message>
        <source>needs a machine</source>
        <translation>需要一台机器</translation>
    </message>
    <message>
        <source>Adds a machine that runs %1 itself to the builder, for the next build: there the whole of %1 is built anew, without a cache</source>
        <translation>为构建器添加一台直接运行 %1 的机器，供下次构建使用：在那里，%1 将在没有缓存的情况下全部重新构建</translation>
    </message>
</context>
<context>
    <name>layerline::CleanUpForm</name>
    <message>
        <source>also internal records and what images share</source>
        <translation>也包括内部记录和镜像共享的内容</translation>
    </message>
    <message>
        <source>whatever its age</source>
        <translation>不论新旧</translation>
    </message>
    <message numerus="yes">
        <source>not used for %n day(s)</source>
        <translation>
            <numerusform>%n 天未使用</numerusform>
        </translation>
    </message>
    <message>
        <source>What goes</source>
        <translation>将删除的内容</translation>
    </message>
</context>
<context>
    <name>layerline::CleanUpOffer</name>
    <message>
        <source>Clean up…</source>
        <translation>清理…</translation>
    </message>
    <message>
        <source>%1 added %2 to the cache of %3, which holds %4 now. %5 of it can be freed.</source>
        <translation>%1 为 %3 的缓存增加了 %2，现在共 %4。其中 %5 可以释放。</translation>
    </message>
</context>
<context>
    <name>layerline::CommandPalette</name>
    <message>
        <source>Type a command or a build…</source>
        <translation>输入命令或构建…</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsPane</name>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
</context>
<context>
    <name>layerline::DetailsValue</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Hide the value</source>
        <translation>隐藏该值</translation>
    </message>
    <message>
        <source>Show the value</source>
        <translation>显示该值</translation>
    </message>
</context>
<context>
    <name>layerline::DiffView</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
</context>
<context>
    <name>layerline::DiskUseView</name>
    <message>
        <source>used today</source>
        <translation>今天使用</translation>
    </message>
    <message>
        <source>this week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>this month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>longer ago</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>%1 %2 (%3 can be freed)</source>
        <translation>%1 %2（可释放 %3）</translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n 条记录</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %L2 bytes</source>
        <translation>%1：%L2 字节</translation>
    </message>
    <message>
        <source>can be freed: %L1 bytes</source>
        <translation>可释放：%L1 字节</translation>
    </message>
</context>
<context>
    <name>layerline::DispatchDialog</name>
    <message>
        <source>Start the workflow</source>
        <translation>启动工作流</translation>
    </message>
    <message>
        <source>Start a workflow of %1</source>
        <translation>启动 %1 的工作流</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>Branch or tag</source>
        <translation>分支或标签</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>No workflow of this repository can be started by hand (on: workflow_dispatch).</source>
        <translation>此仓库没有可手动启动的工作流（on: workflow_dispatch）。</translation>
    </message>
    <message>
        <source>%1 is needed.</source>
        <translation>%1 为必填项。</translation>
    </message>
    <message>
        <source>The workflow file of the default branch must know the inputs; the jobs run on %1.</source>
        <translation>输入项须在默认分支的工作流文件中定义；作业在 %1 上运行。</translation>
    </message>
    <message>
        <source>What is sent to GitHub</source>
        <translation>发送给 GitHub 的内容</translation>
    </message>
</context>
<context>
    <name>layerline::EmptyState</name>
    <message>
        <source>Play the recorded demo</source>
        <translation>播放录制的演示</translation>
    </message>
    <message>
        <source>Open a file…</source>
        <translation>打开文件…</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>Ready: waiting for a build</source>
        <translation>就绪：等待构建</translation>
    </message>
    <message>
        <source>Start one in any terminal, from Compose, Bake or your editor. Whoever starts it, it appears here as it runs, with a lane for each architecture.</source>
        <translation>在任意终端、Compose、Bake 或编辑器中启动构建。无论由谁启动，它都会在运行时出现在这里，每个架构一条泳道。</translation>
    </message>
    <message>
        <source>For example</source>
        <translation>例如</translation>
    </message>
    <message>
        <source>Nothing to build at hand? The demo replays real builds, recorded on two platforms.</source>
        <translation>手头没有可构建的项目？演示会回放在两个平台上录制的真实构建。</translation>
    </message>
    <message>
        <source>No builder found yet</source>
        <translation>尚未找到构建器</translation>
    </message>
    <message>
        <source>Layerline watches BuildKit, which does the work of `docker build`. Start Docker, or make a builder with buildx; it is noticed by itself.</source>
        <translation>Layerline 监视 BuildKit，`docker build` 的工作由它完成。启动 Docker，或用 buildx 创建构建器，都会被自动发现。</translation>
    </message>
    <message>
        <source>Make a builder that also builds for other architectures</source>
        <translation>创建可为其他架构构建的构建器</translation>
    </message>
    <message>
        <source>You need no builder to look around: the demo replays real builds, and files (.dockerbuild, rawjson, plain logs) open without Docker.</source>
        <translation>没有构建器也可以先看看：演示会回放真实的构建，文件（.dockerbuild、rawjson、纯文本日志）无需 Docker 即可打开。</translation>
    </message>
    <message>
        <source>Back to the build</source>
        <translation>返回构建</translation>
    </message>
    <message>
        <source>Show the builders</source>
        <translation>显示构建器</translation>
    </message>
    <message>
        <source>No builder answers</source>
        <translation>没有构建器回答</translation>
    </message>
    <message>
        <source>Builders are known on this machine, but nobody answers at their addresses. Is Docker running? The page Builders says what is wrong with each; as soon as one answers it is noticed by itself.</source>
        <translation>这台机器上有已知的构建器，但它们的地址上没有人回答。Docker 在运行吗？“构建器”页面会说明每个构建器的问题；一旦有构建器回答，会自动发现。</translation>
    </message>
</context>
<context>
    <name>layerline::ErrorDialog</name>
    <message>
        <source>Layerline</source>
        <translation>Layerline</translation>
    </message>
    <message>
        <source>Technical text</source>
        <translation>技术信息</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy both texts</source>
        <translation>复制两段文本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ExampleBar</name>
    <message>
        <source>Not in the example: nobody is behind it.</source>
        <translation>示例中不可用：其背后没有真实的运行。</translation>
    </message>
    <message>
        <source>An example: recorded, nothing of yours. It can be looked at, not acted on.</source>
        <translation>这是示例：预先录制，与您的内容无关。可以查看，不能操作。</translation>
    </message>
    <message>
        <source>Close the example</source>
        <translation>关闭示例</translation>
    </message>
</context>
<context>
    <name>layerline::FailureNotice</name>
    <message>
        <source>Why the build failed</source>
        <translation>构建失败的原因</translation>
    </message>
    <message>
        <source>Show the step</source>
        <translation>显示该步骤</translation>
    </message>
</context>
<context>
    <name>layerline::FileOpener</name>
    <message>
        <source>Opening %1…</source>
        <translation>正在打开 %1…</translation>
    </message>
</context>
<context>
    <name>layerline::ImageDialog</name>
    <message>
        <source>Watch an image</source>
        <translation>监视镜像</translation>
    </message>
    <message>
        <source>Promised platforms</source>
        <translation>承诺的平台</translation>
    </message>
    <message>
        <source>ghcr.io/owner/name</source>
        <translation>例如 ghcr.io/owner/name</translation>
    </message>
    <message>
        <source>linux/amd64, linux/arm64</source>
        <translation>例如 linux/amd64, linux/arm64</translation>
    </message>
    <message>
        <source>Watch it</source>
        <translation>监视它</translation>
    </message>
    <message>
        <source>Promise these</source>
        <translation>承诺这些平台</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>镜像</translation>
    </message>
    <message>
        <source>Without a promise, a platform is expected when another tag has it. The registry is read as docker would read it, with the sign-in docker has; nothing of that is kept here.</source>
        <translation>没有承诺时，若另一个标签有某个平台，就预期此标签也有。读取镜像仓库的方式与 docker 相同，使用 docker 已有的登录；这里不保存任何登录信息。</translation>
    </message>
    <message>
        <source>The platforms I name</source>
        <translation>由我指定平台</translation>
    </message>
    <message>
        <source>A repository&apos;s workflow</source>
        <translation>仓库的工作流</translation>
    </message>
    <message>
        <source>A bake or workflow file</source>
        <translation>bake 文件或工作流文件</translation>
    </message>
    <message>
        <source>owner/name</source>
        <translation>所有者/名称</translation>
    </message>
    <message>
        <source>Promised by</source>
        <translation>承诺来源</translation>
    </message>
    <message>
        <source>docker-bake.hcl, compose.yaml, .github/workflows/docker.yml</source>
        <translation>docker-bake.hcl、compose.yaml、.github/workflows/docker.yml</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>A file that names platforms</source>
        <translation>指定平台的文件</translation>
    </message>
    <message>
        <source>Bake and workflow files (*.hcl *.json *.yml *.yaml);;All files (*)</source>
        <translation>Bake 和工作流文件 (*.hcl *.json *.yml *.yaml);;所有文件 (*)</translation>
    </message>
    <message>
        <source>The newest successful run that pushed this image tells: its workflow promises the platforms, and what its jobs built is compared with what is published.</source>
        <translation>以推送过此镜像标签的最近一次成功运行为准：其工作流承诺了平台，并将其作业构建的内容与已发布的内容比较。</translation>
    </message>
    <message>
        <source>Read again with every look at the registry. buildx reads bake and compose files.</source>
        <translation>每次查看镜像仓库时重新读取。bake 和 compose 文件由 buildx 读取。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>layerline::ImagesList</name>
    <message>
        <source>Watched images</source>
        <translation>监视的镜像</translation>
    </message>
</context>
<context>
    <name>layerline::JobQueue</name>
    <message>
        <source>starts on %1</source>
        <translation>在 %1 上开始</translation>
    </message>
    <message>
        <source>waits for %1: %2 of %3 run there</source>
        <translation>等待 %1：其上有 %2/%3 个在运行</translation>
    </message>
    <message>
        <source>Waiting builds</source>
        <translation>等待中的构建</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s) waiting</source>
        <translation>
            <numerusform>%n 个构建在等待</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not build %1</source>
        <translation>不构建 %1</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::JobsModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Asked for a runner labelled %1</source>
        <translation>请求标签为 %1 的运行器</translation>
    </message>
    <message>
        <source>Ran on %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message>
        <source>Platform: from the build&apos;s own record</source>
        <translation>平台：来自构建自身的记录</translation>
    </message>
    <message>
        <source>Platform: from the workflow&apos;s platforms</source>
        <translation>平台：来自工作流的 platforms</translation>
    </message>
    <message>
        <source>Platform: from the runner&apos;s label</source>
        <translation>平台：来自运行器的标签</translation>
    </message>
    <message>
        <source>Platform: guessed from the job&apos;s name</source>
        <translation>平台：根据作业名称推测</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Queue and steps</source>
        <translation>排队与步骤</translation>
    </message>
    <message>
        <source>Waited</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Ran</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>timed out</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>waits for approval</source>
        <translation>等待批准</translation>
    </message>
    <message>
        <source>neutral</source>
        <translation>中性</translation>
    </message>
    <message>
        <source>given up by GitHub</source>
        <translation>被 GitHub 放弃</translation>
    </message>
    <message>
        <source>could not start</source>
        <translation>无法启动</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>layerline::JobsTable</name>
    <message>
        <source>Jobs</source>
        <translation>作业</translation>
    </message>
    <message>
        <source>Run this job again</source>
        <translation>重新运行此作业</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>打开其页面</translation>
    </message>
</context>
<context>
    <name>layerline::Labels</name>
    <message>
        <source>load build context</source>
        <translation>加载构建上下文</translation>
    </message>
    <message>
        <source>context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>metadata %1</source>
        <translation>元数据 %1</translation>
    </message>
    <message>
        <source>export to %1</source>
        <translation>导出到 %1</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>export cache</source>
        <translation>导出缓存</translation>
    </message>
    <message>
        <source>cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>merge manifests</source>
        <translation>合并清单</translation>
    </message>
    <message>
        <source>merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Waiting for a runner</source>
        <translation>等待运行器</translation>
    </message>
    <message>
        <source>Waiting for a runner: %1</source>
        <translation>等待运行器：%1</translation>
    </message>
    <message>
        <source>queue</source>
        <extracomment>of a job that waits for a runner, where there is little room</extracomment>
        <translation>排队</translation>
    </message>
</context>
<context>
    <name>layerline::LayersHeader</name>
    <message>
        <source>edges</source>
        <translation>连线</translation>
    </message>
    <message>
        <source>Draw what the selected step needs and what needs it</source>
        <translation>画出所选步骤依赖什么、被什么依赖</translation>
    </message>
    <message>
        <source>fold</source>
        <translation>折叠</translation>
    </message>
    <message>
        <source>Close or open all groups</source>
        <translation>折叠或展开所有分组</translation>
    </message>
</context>
<context>
    <name>layerline::LayersModel</name>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined, %1</source>
        <translation>共用，%1</translation>
    </message>
    <message>
        <source>running, %1</source>
        <translation>运行中，%1</translation>
    </message>
    <message>
        <source>%1, invalidated by its parent</source>
        <translation>%1，因上游步骤而失效</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>Stage › step</source>
        <translation>阶段 › 步骤</translation>
    </message>
    <message>
        <source>Ratio</source>
        <translation>倍数</translation>
    </message>
    <message>
        <source>Build</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>%1 · native</source>
        <translation>%1 · 原生</translation>
    </message>
    <message>
        <source>%1 · QEMU</source>
        <translation>%1 · QEMU</translation>
    </message>
    <message>
        <source>%1 · cross-compiled</source>
        <translation>%1 · 交叉编译</translation>
    </message>
    <message>
        <source>waiting, %1</source>
        <translation>等待中，%1</translation>
    </message>
</context>
<context>
    <name>layerline::LayersTable</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1%</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>已传输</translation>
    </message>
    <message>
        <source>%L1 bytes</source>
        <translation>%L1 字节</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source> (emulated)</source>
        <translation>（模拟）</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Took %1 times as long emulated as on its own architecture</source>
        <translation>模拟运行的耗时是在其原生架构上的 %1 倍</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>layerline::LogCanvas</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Copy link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Opens %1</source>
        <translation>打开 %1</translation>
    </message>
</context>
<context>
    <name>layerline::LogSearchBar</name>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous match (Shift+N)</source>
        <translation>上一处匹配（Shift+N）</translation>
    </message>
    <message>
        <source>Next match (N)</source>
        <translation>下一处匹配（N）</translation>
    </message>
    <message>
        <source>Close the search (Esc)</source>
        <translation>关闭搜索（Esc）</translation>
    </message>
    <message>
        <source>Search this log</source>
        <translation>搜索此日志</translation>
    </message>
    <message>
        <source>not a pattern</source>
        <translation>表达式无效</translation>
    </message>
    <message>
        <source>searching…</source>
        <translation>正在搜索…</translation>
    </message>
    <message>
        <source>no match</source>
        <translation>无匹配</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 处匹配</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>On %n line(s) the pattern took too long to decide.</source>
        <translation>
            <numerusform>有 %n 行匹配耗时过长，未能判定。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::LogView</name>
    <message>
        <source>step</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Lines of the selected step</source>
        <translation>所选步骤的输出</translation>
    </message>
    <message>
        <source>Lines of all steps of the platform, by time</source>
        <translation>该平台所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Lines of all steps, by time</source>
        <translation>所有步骤的输出，按时间排列</translation>
    </message>
    <message>
        <source>Stay at the end while lines come (F)</source>
        <translation>有新输出时停留在末尾（F）</translation>
    </message>
    <message>
        <source>Search this log (/)</source>
        <translation>搜索此日志（/）</translation>
    </message>
    <message>
        <source>Go to the first error (E)</source>
        <translation>跳到第一个错误（E）</translation>
    </message>
    <message>
        <source>Save this log to a file…</source>
        <translation>将此日志保存到文件…</translation>
    </message>
    <message>
        <source>Show the time of each line</source>
        <translation>显示每行的时间</translation>
    </message>
    <message>
        <source>Copy the option</source>
        <translation>复制该选项</translation>
    </message>
    <message>
        <source>All steps</source>
        <translation>所有步骤</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>[%1] all steps</source>
        <translation>[%1] 所有步骤</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>No build is selected.</source>
        <translation>未选择构建。</translation>
    </message>
    <message>
        <source>No step has written anything yet.</source>
        <translation>还没有步骤产生输出。</translation>
    </message>
    <message>
        <source>No step wrote anything.</source>
        <translation>没有步骤产生过输出。</translation>
    </message>
    <message>
        <source>This step has not begun.</source>
        <translation>此步骤尚未开始。</translation>
    </message>
    <message>
        <source>This step has not written anything yet.</source>
        <translation>此步骤还没有输出。</translation>
    </message>
    <message>
        <source>This step came from the cache. It did not run, so there is no output.</source>
        <translation>此步骤来自缓存，没有运行，因此没有输出。</translation>
    </message>
    <message>
        <source>This step wrote nothing.</source>
        <translation>此步骤没有输出。</translation>
    </message>
    <message>
        <source>BuildKit cut this log at its limit (2 MiB a step, 200 kB/s). To keep all of it, start the builder with BUILDKIT_STEP_LOG_MAX_SIZE=-1 and BUILDKIT_STEP_LOG_MAX_SPEED=-1.</source>
        <translation>BuildKit 已按上限截断此日志（每步 2 MiB，每秒 200 kB）。要保留全部输出，请以 BUILDKIT_STEP_LOG_MAX_SIZE=-1 和 BUILDKIT_STEP_LOG_MAX_SPEED=-1 启动构建器。</translation>
    </message>
    <message>
        <source>%1 of this log never arrived.</source>
        <translation>此日志有 %1 未曾收到。</translation>
    </message>
</context>
<context>
    <name>layerline::MainWindow</name>
    <message>
        <source>Builds</source>
        <translation>构建</translation>
    </message>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Recorded demo</source>
        <translation>录制的演示(&amp;R)</translation>
    </message>
    <message>
        <source>Cold build</source>
        <translation>冷构建</translation>
    </message>
    <message>
        <source>Warm build</source>
        <translation>热构建</translation>
    </message>
    <message>
        <source>Failed build</source>
        <translation>失败的构建</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>命令面板…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>About Layerline</source>
        <translation>关于 Layerline</translation>
    </message>
    <message>
        <source>Layerline %1

Watches every multi-architecture container build of this machine.
GPL-3.0-or-later</source>
        <translation>Layerline %1

查看这台机器上的每一次多架构容器构建。
GPL-3.0-or-later</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Play or pause the recording</source>
        <translation>播放或暂停录制</translation>
    </message>
    <message>
        <source>Open a build</source>
        <translation>打开构建</translation>
    </message>
    <message>
        <source>Builds and logs (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;All files (*)</source>
        <translation>构建与日志 (*.dockerbuild *.json *.jsonl *.log *.txt *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Play the &amp;demo</source>
        <translation>播放演示(&amp;D)</translation>
    </message>
    <message>
        <source>No builder was found on this machine. You are watching a recorded build.</source>
        <translation>这台机器上没有找到构建器。你正在观看录制的构建。</translation>
    </message>
    <message>
        <source>How to get a builder</source>
        <translation>如何获得构建器</translation>
    </message>
    <message>
        <source>&amp;Build</source>
        <translation>构建(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;New build…</source>
        <translation>新建构建(&amp;N)…</translation>
    </message>
    <message>
        <source>Build &amp;again…</source>
        <translation>再次构建(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Cancel the build…</source>
        <translation>取消构建(&amp;C)…</translation>
    </message>
    <message>
        <source>Add a native &amp;node…</source>
        <translation>添加原生节点(&amp;N)…</translation>
    </message>
    <message>
        <source>Pipelines</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>&amp;Pipeline</source>
        <translation>流水线(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Add a repository…</source>
        <translation>添加仓库(&amp;A)…</translation>
    </message>
    <message>
        <source>&amp;Roll back to QEMU…</source>
        <translation>回滚到 QEMU(&amp;R)…</translation>
    </message>
    <message>
        <source>&amp;Migrate to native runners…</source>
        <translation>迁移到原生运行器(&amp;M)…</translation>
    </message>
    <message>
        <source>&amp;Step</source>
        <translation>步骤(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Next step</source>
        <translation>下一步骤(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Previous step</source>
        <translation>上一步骤(&amp;P)</translation>
    </message>
    <message>
        <source>Next &amp;error</source>
        <translation>下一处错误(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Follow the log</source>
        <translation>跟随日志(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Search the log</source>
        <translation>搜索日志(&amp;S)</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Whole build</source>
        <translation>整个构建(&amp;W)</translation>
    </message>
    <message>
        <source>No builder of this machine answers. You are watching a recorded build.</source>
        <translation>这台机器上没有构建器回答。你看到的是录制的构建。</translation>
    </message>
    <message>
        <source>Show the builders</source>
        <translation>显示构建器</translation>
    </message>
</context>
<context>
    <name>layerline::MoveTagDialog</name>
    <message>
        <source>nothing: there is no such tag yet</source>
        <translation>无：还没有这个标签</translation>
    </message>
    <message>
        <source>index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>single manifest</source>
        <translation>单个清单</translation>
    </message>
    <message>
        <source>never under this tag</source>
        <translation>从未用于此标签</translation>
    </message>
    <message>
        <source>until %1</source>
        <translation>直到 %1</translation>
    </message>
    <message>
        <source>%1 can be pulled from this tag now and could not be any more.</source>
        <translation>%1 目前可从此标签拉取，移动后将无法拉取。</translation>
    </message>
    <message>
        <source>The tag is an index now and would be the manifest of one platform.</source>
        <translation>此标签目前是索引，移动后将变成单个平台的清单。</translation>
    </message>
    <message>
        <source>The target names %1, but the registry does not have that manifest.</source>
        <translation>目标列有 %1，但镜像仓库中没有该清单。</translation>
    </message>
    <message>
        <source>The signature or attestation %1 stays with the present digest.</source>
        <translation>签名或证明 %1 会留在当前摘要上。</translation>
    </message>
    <message>
        <source>The present digest is signed and the target is not: who verifies signatures will refuse it.</source>
        <translation>当前摘要已签名，而目标没有：验证签名的使用者会拒绝它。</translation>
    </message>
    <message>
        <source>The present index carries provenance or SBOMs, the target none.</source>
        <translation>当前索引带有来源证明或 SBOM，目标没有。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move the tag</source>
        <translation>移动标签</translation>
    </message>
    <message>
        <source>Move %1:%2</source>
        <translation>移动 %1:%2</translation>
    </message>
    <message>
        <source>or paste a digest: sha256:…</source>
        <translation>或粘贴摘要：sha256:…</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>What is sent to the registry</source>
        <translation>发送给镜像仓库的内容</translation>
    </message>
    <message>
        <source>Moving, then reading it back…</source>
        <translation>正在移动，随后回读核对…</translation>
    </message>
    <message>
        <source>No earlier digest of this tag was seen from this machine, and no other tag has one. Registries keep no history: paste the digest.</source>
        <translation>这台机器没有见过此标签更早的摘要，其他标签也没有。镜像仓库不保留历史：请粘贴摘要。</translation>
    </message>
    <message>
        <source>Choose the digest %1 should point at. Nothing is built, and the digest stays what it is.</source>
        <translation>选择 %1 应指向的摘要。不会构建任何内容，摘要本身也不变。</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Seen here</source>
        <translation>本机所见</translation>
    </message>
    <message>
        <source>Other tags</source>
        <translation>其他标签</translation>
    </message>
    <message>
        <source>Reading both ends from the registry…</source>
        <translation>正在从镜像仓库读取两端…</translation>
    </message>
    <message>
        <source>Now: %1
Then: %2</source>
        <translation>现在：%1
之后：%2</translation>
    </message>
    <message numerus="yes">
        <source>the %L1 bytes the registry has under that digest</source>
        <translation>
            <numerusform>镜像仓库中该摘要对应的 %L1 字节</numerusform>
        </translation>
    </message>
    <message>
        <source>The tag points there already.</source>
        <translation>标签已指向该处。</translation>
    </message>
    <message>
        <source>Move %1 to %2</source>
        <translation>将 %1 移到 %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Moved. Read back from the registry: %1</source>
        <translation>已移动。从镜像仓库回读：%1</translation>
    </message>
</context>
<context>
    <name>layerline::NewBuilderForm</name>
    <message>
        <source>a name of your choice</source>
        <translation>自选的名称</translation>
    </message>
    <message>
        <source>this machine; or ssh://, tcp://, unix://, a docker context</source>
        <translation>本机；或 ssh://、tcp://、unix://、docker 上下文</translation>
    </message>
    <message>
        <source>what the node says; or linux/amd64</source>
        <translation>以节点报告的为准；或 linux/amd64</translation>
    </message>
    <message>
        <source>image=… network=host, with spaces between</source>
        <translation>image=… network=host，之间用空格分隔</translation>
    </message>
    <message>
        <source>Use it by default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Start it at once</source>
        <translation>立即启动</translation>
    </message>
    <message>
        <source>a container (docker-container)</source>
        <translation>容器（docker-container）</translation>
    </message>
    <message>
        <source>a BuildKit that runs already (remote)</source>
        <translation>已在运行的 BuildKit（remote）</translation>
    </message>
    <message>
        <source>pods of a cluster (kubernetes)</source>
        <translation>集群中的 pod（kubernetes）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Runs in</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
</context>
<context>
    <name>layerline::NodeDialog</name>
    <message>
        <source>Add the node</source>
        <translation>添加节点</translation>
    </message>
    <message>
        <source>Add a native node</source>
        <translation>添加原生节点</translation>
    </message>
    <message>
        <source>A machine of the other architecture builds its platforms natively, several times faster than QEMU. It needs Docker or BuildKit and a way to it, for example ssh.</source>
        <translation>用另一架构的机器原生构建其平台，比 QEMU 快数倍。它需要 Docker 或 BuildKit，以及连接它的途径，例如 ssh。</translation>
    </message>
    <message>
        <source>ssh://me@arm-machine, tcp://host:port or a docker context</source>
        <translation>ssh://me@arm-machine、tcp://host:port 或 docker 上下文</translation>
    </message>
    <message>
        <source>What will run</source>
        <translation>将运行的命令</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Builder</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
</context>
<context>
    <name>layerline::NoticeBar</name>
    <message>
        <source>Hide this</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>layerline::Notifier</name>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>%1 is built</source>
        <translation>%1 构建完成</translation>
    </message>
    <message>
        <source>%1 failed</source>
        <translation>%1 失败</translation>
    </message>
    <message>
        <source>%1 passed</source>
        <translation>%1 已通过</translation>
    </message>
    <message>
        <source>%1 waits for a runner</source>
        <translation>%1 正在等待运行器</translation>
    </message>
    <message>
        <source>On builder %1, in %2.</source>
        <translation>构建器 %1，用时 %2。</translation>
    </message>
    <message>
        <source>%1, in %2.</source>
        <translation>%1，用时 %2。</translation>
    </message>
    <message>
        <source>%1, after %2.</source>
        <translation>%1，历时 %2。</translation>
    </message>
    <message>
        <source>First failure: %1
%2, after %3.</source>
        <translation>首个失败：%1
%2，历时 %3。</translation>
    </message>
    <message>
        <source>%1 of %2 has waited %3 for a runner labelled %4.</source>
        <translation>%2 的 %1 已等待 %3，需要标签为 %4 的运行器。</translation>
    </message>
    <message>
        <source>This is how Layerline tells you</source>
        <translation>Layerline 会这样通知你</translation>
    </message>
    <message>
        <source>Of what failed it names the first failing step, and a click leads there.</source>
        <translation>对失败的内容，它会指出第一个失败的步骤，点击即可跳转。</translation>
    </message>
</context>
<context>
    <name>layerline::PipelineActions</name>
    <message>
        <source>Signing in with a code</source>
        <translation>使用代码登录</translation>
    </message>
    <message>
        <source>Asking GitHub to start it…</source>
        <translation>正在请求 GitHub 启动…</translation>
    </message>
    <message>
        <source>Run the failed jobs again</source>
        <translation>重新运行失败的作业</translation>
    </message>
    <message>
        <source>Run all jobs again</source>
        <translation>重新运行所有作业</translation>
    </message>
    <message>
        <source>%1 keeps its number and gets attempt %2. It builds the same commit and the workflow as it was then: a changed workflow is not picked up.</source>
        <translation>%1 保留其编号，并开始第 %2 次尝试。它构建同一提交，使用当时的工作流：工作流之后的更改不会生效。</translation>
    </message>
    <message>
        <source>Waiting for GitHub to show the new attempt…</source>
        <translation>正在等待 GitHub 显示新的尝试…</translation>
    </message>
    <message>
        <source>Run one job again</source>
        <translation>重新运行一个作业</translation>
    </message>
    <message>
        <source>%1, and the jobs that need it, run again on the same commit.</source>
        <translation>%1 及依赖它的作业会在同一提交上重新运行。</translation>
    </message>
    <message>
        <source>Force the run to end</source>
        <translation>强制结束运行</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>All jobs of %1 end at once, also those that would go on when cancelled (if: always()).</source>
        <translation>%1 的所有作业会立即结束，包括取消后仍会继续的作业（if: always()）。</translation>
    </message>
    <message>
        <source>GitHub asks all jobs of %1 to end. What they pushed already stays.</source>
        <translation>GitHub 会要求 %1 的所有作业结束。已推送的内容会保留。</translation>
    </message>
    <message>
        <source>Waiting for the jobs to end…</source>
        <translation>正在等待作业结束…</translation>
    </message>
    <message>
        <source>The table of runners</source>
        <translation>运行器列表</translation>
    </message>
    <message>
        <source>Change of %1…</source>
        <translation>更改 %1…</translation>
    </message>
    <message>
        <source>A clone of the repository</source>
        <translation>仓库的克隆</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
</context>
<context>
    <name>layerline::PipelinesEmpty</name>
    <message>
        <source>Asking GitHub…</source>
        <translation>正在询问 GitHub…</translation>
    </message>
    <message>
        <source>Whether the token still works, and what it may do.</source>
        <translation>令牌是否仍有效，以及它有哪些权限。</translation>
    </message>
    <message>
        <source>GitHub does not take this token</source>
        <translation>GitHub 不接受此令牌</translation>
    </message>
    <message>
        <source>It may have run out or been withdrawn. Nothing is asked for until there is another one.</source>
        <translation>它可能已过期或被撤销。在换用其他令牌之前，不会再发出请求。</translation>
    </message>
    <message>
        <source>Use another token…</source>
        <translation>使用其他令牌…</translation>
    </message>
    <message>
        <source>GitHub can&apos;t be reached</source>
        <translation>无法连接 GitHub</translation>
    </message>
    <message>
        <source>It is tried again by itself. What was seen before stays here.</source>
        <translation>会自动重试。之前看到的内容仍保留在此。</translation>
    </message>
    <message>
        <source>Watch GitHub Actions beside your local builds</source>
        <translation>在本地构建旁查看 GitHub Actions</translation>
    </message>
    <message>
        <source>A lane for each architecture of a run, the time it waited for a runner apart from the time it ran, and when a job ends its build steps as if it had run here.</source>
        <translation>运行的每个架构一条泳道，等待运行器的时间与运行时间分开显示；作业结束后，还会显示它的构建步骤，就像在本机运行一样。</translation>
    </message>
    <message>
        <source>It needs a token. A fine-grained one with read access to Actions is enough to watch; write access to Actions lets you start, repeat and cancel runs. GH_TOKEN and GITHUB_TOKEN are used when they are set. The token is kept in the system&apos;s keyring, or only in memory when there is none.</source>
        <translation>需要一个令牌。只查看的话，具有 Actions 读取权限的细粒度令牌就够了；有 Actions 写入权限则可启动、重新运行和取消运行。若设置了 GH_TOKEN 或 GITHUB_TOKEN，则会使用它们。令牌保存在系统密钥环中；没有密钥环时只保存在内存中。</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Which repository?</source>
        <translation>哪个仓库？</translation>
    </message>
    <message>
        <source>Name it as owner/name, by its address, or choose a folder that was cloned from GitHub.</source>
        <translation>以 owner/name 或地址指定，或选择一个从 GitHub 克隆的目录。</translation>
    </message>
    <message>
        <source>Add a repository…</source>
        <translation>添加仓库…</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>A run appears here as soon as GitHub knows it.</source>
        <translation>GitHub 一得知某次运行，它就会出现在这里。</translation>
    </message>
    <message>
        <source>Show an example</source>
        <translation>查看示例</translation>
    </message>
</context>
<context>
    <name>layerline::PipelinesPage</name>
    <message>
        <source>Pipelines</source>
        <translation>流水线</translation>
    </message>
    <message>
        <source>Add a repository…</source>
        <translation>添加仓库…</translation>
    </message>
    <message>
        <source>Run again</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Failed jobs only</source>
        <translation>仅失败的作业</translation>
    </message>
    <message>
        <source>All jobs</source>
        <translation>所有作业</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the run</source>
        <translation>取消运行</translation>
    </message>
    <message>
        <source>Force: also jobs that refuse to end</source>
        <translation>强制：包括拒绝结束的作业</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Open on GitHub</source>
        <translation>在 GitHub 上打开</translation>
    </message>
    <message>
        <source>Start a workflow…</source>
        <translation>启动工作流…</translation>
    </message>
    <message>
        <source>Build caches of the repository…</source>
        <translation>仓库的构建缓存…</translation>
    </message>
    <message>
        <source>Search runs, branches, errors…</source>
        <translation>搜索运行、分支、错误…</translation>
    </message>
    <message>
        <source>No runs</source>
        <translation>没有运行</translation>
    </message>
    <message>
        <source>The runs of the repositories you add appear here by themselves.</source>
        <translation>你添加的仓库的运行会自动出现在这里。</translation>
    </message>
    <message>
        <source>Not signed in</source>
        <translation>未登录</translation>
    </message>
    <message>
        <source>Asking GitHub…</source>
        <translation>正在询问 GitHub…</translation>
    </message>
    <message>
        <source>The token was refused</source>
        <translation>令牌被拒绝</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message numerus="yes">
        <source>The token lacks %n permission(s)</source>
        <translation>
            <numerusform>令牌缺少 %n 项权限</numerusform>
        </translation>
    </message>
    <message>
        <source>Account…</source>
        <translation>账户…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Open its build</source>
        <translation>打开其构建</translation>
    </message>
    <message>
        <source>What the jobs built, from their records and logs, without the jobs&apos; own steps: as if it had been built here</source>
        <translation>作业所构建的内容，来自它们的记录和日志，不含作业自身的步骤：如同在此处构建</translation>
    </message>
    <message>
        <source>Roll back to QEMU…</source>
        <translation>回滚到 QEMU…</translation>
    </message>
    <message>
        <source>Migrate to native runners…</source>
        <translation>迁移到原生运行器…</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>各次尝试</translation>
    </message>
    <message>
        <source>An earlier attempt: only the latest one can be run again</source>
        <translation>这是较早的一次尝试：只有最新的一次可以重新运行</translation>
    </message>
    <message>
        <source>Attempt %1 (latest)</source>
        <translation>第 %1 次尝试（最新）</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>The prices come with the program. A table of your own, ~/.config/layerline/runners.json, takes their place.</source>
        <translation>价格随程序提供。您自己的表 ~/.config/layerline/runners.json 会取而代之。</translation>
    </message>
</context>
<context>
    <name>layerline::PlatformChips</name>
    <message>
        <source>%1 runs natively here</source>
        <translation>%1 在此原生运行</translation>
    </message>
    <message>
        <source>%1 runs under QEMU here: expect it to be several times slower</source>
        <translation>%1 在此由 QEMU 模拟运行：预计会慢数倍</translation>
    </message>
    <message>
        <source>%1: not known whether this machine runs it natively</source>
        <translation>%1：不清楚这台机器能否原生运行</translation>
    </message>
</context>
<context>
    <name>layerline::PlatformTable</name>
    <message>
        <source>never built here</source>
        <translation>从未在此构建</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>通常 %1</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行方式</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>native here</source>
        <translation>在此原生</translation>
    </message>
    <message>
        <source>native on node %1</source>
        <translation>在节点 %1 上原生</translation>
    </message>
    <message>
        <source>emulated (QEMU %1)</source>
        <translation>模拟（QEMU %1）</translation>
    </message>
    <message>
        <source>emulated (QEMU)</source>
        <translation>模拟（QEMU）</translation>
    </message>
    <message>
        <source>not available</source>
        <translation>不可用</translation>
    </message>
    <message numerus="yes">
        <source>The median of %n earlier build(s) of the same target</source>
        <translation>
            <numerusform>同一目标此前 %n 次构建的中位数</numerusform>
        </translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
</context>
<context>
    <name>layerline::PresetBar</name>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Name this build to keep it for the project</source>
        <translation>为此构建命名，以便为该项目保存</translation>
    </message>
    <message>
        <source>Keeps what is filled in below, without any secret&apos;s value</source>
        <translation>保存下方填写的内容，不含任何机密的值</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>layerline::ProgressDialog</name>
    <message>
        <source>Layerline</source>
        <translation>Layerline</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>layerline::RecordActions</name>
    <message>
        <source>The record on its builder</source>
        <translation>其构建器上的记录</translation>
    </message>
    <message>
        <source>Let the builder delete it again…</source>
        <translation>允许构建器重新删除它…</translation>
    </message>
    <message>
        <source>Keep it on the builder…</source>
        <translation>在构建器上保留它…</translation>
    </message>
    <message>
        <source>Delete it from the builder&apos;s history…</source>
        <translation>从构建器的历史中删除它…</translation>
    </message>
    <message>
        <source>Keep %1 on the builder</source>
        <translation>在构建器上保留 %1</translation>
    </message>
    <message>
        <source>The builder deletes records that are older than two days and beyond the newest fifty. This one stays, with its log and provenance, until you let it go or delete it.</source>
        <translation>构建器会删除超过两天且不在最新五十条之内的记录。此记录连同其日志和来源证明会保留，直到你放开或删除它。</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Let the builder delete %1 again</source>
        <translation>允许构建器重新删除 %1</translation>
    </message>
    <message>
        <source>It goes with the others of its age: once it is older than two days and beyond the newest fifty.</source>
        <translation>它将与同龄的记录一起删除：一旦超过两天且不在最新五十条之内。</translation>
    </message>
    <message>
        <source>Let it go</source>
        <translation>放开</translation>
    </message>
    <message>
        <source>Delete %1 from the builder&apos;s history</source>
        <translation>从构建器的历史中删除 %1</translation>
    </message>
    <message>
        <source>The builder forgets this build: its record, log, trace and provenance. `docker buildx history` no longer lists it, for nobody.</source>
        <translation>构建器将忘记此构建：其记录、日志、跟踪和来源证明。`docker buildx history` 不再为任何人列出它。</translation>
    </message>
    <message>
        <source>The cache and pushed images stay, and so does what Layerline has kept of it in its own history.</source>
        <translation>缓存和已推送的镜像会保留，Layerline 在自己的历史中保存的内容也会保留。</translation>
    </message>
    <message>
        <source>It is marked to be kept on the builder. It goes nevertheless.</source>
        <translation>它在构建器上标记为保留。仍会删除。</translation>
    </message>
    <message>
        <source>Delete the record</source>
        <translation>删除记录</translation>
    </message>
    <message>
        <source>Asking the builder…</source>
        <translation>正在询问构建器…</translation>
    </message>
</context>
<context>
    <name>layerline::ReleaseCells</name>
    <message>
        <source>Platforms of %1</source>
        <translation>%1 的平台</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>平台</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>已承诺</translation>
    </message>
    <message>
        <source>Built</source>
        <translation>已构建</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>结论</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Copy the published digest</source>
        <translation>复制已发布的摘要</translation>
    </message>
    <message>
        <source>Copy the built digest</source>
        <translation>复制已构建的摘要</translation>
    </message>
</context>
<context>
    <name>layerline::Releases</name>
    <message>
        <source>&quot;%1&quot; is no platform: write os/architecture, for example linux/arm64.</source>
        <translation>“%1”不是平台：请写成 os/architecture，例如 linux/arm64。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no repository: write owner/name.</source>
        <translation>“%1”不是仓库：请写成“所有者/名称”。</translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesModel</name>
    <message>
        <source>%1, promised</source>
        <translation>%1，已承诺</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1前</translation>
    </message>
    <message>
        <source>The images do not say when they were made.</source>
        <translation>镜像没有记录制作时间。</translation>
    </message>
    <message>
        <source>An index</source>
        <translation>索引</translation>
    </message>
    <message>
        <source>The manifest of one platform</source>
        <translation>单个平台的清单</translation>
    </message>
    <message numerus="yes">
        <source>With %n attestation(s)</source>
        <translation>
            <numerusform>含 %n 份证明</numerusform>
        </translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>已承诺</translation>
    </message>
    <message>
        <source>Not promised</source>
        <translation>未承诺</translation>
    </message>
    <message>
        <source>Built: %1</source>
        <translation>已构建：%1</translation>
    </message>
    <message>
        <source>Not published</source>
        <translation>未发布</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>已发布：%1</translation>
    </message>
    <message>
        <source>Made: %1</source>
        <translation>制作于：%1</translation>
    </message>
    <message>
        <source>published</source>
        <translation>已发布</translation>
    </message>
    <message>
        <source>MISSING</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>extra</source>
        <translation>多余</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s)</source>
        <translation>
            <numerusform>%n 个月</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesPage</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 等，另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is promised and not published: %2</source>
        <translation>%1 已承诺但未发布：%2</translation>
    </message>
    <message>
        <source>%1 is not what the job built: %2</source>
        <translation>%1 不是作业构建的结果：%2</translation>
    </message>
    <message>
        <source>Releases</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>Add an image to watch</source>
        <translation>添加要监视的镜像</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Move the tag…</source>
        <translation>移动标签…</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Promised platforms…</source>
        <translation>承诺的平台…</translation>
    </message>
    <message>
        <source>Copy the gate&apos;s command</source>
        <translation>复制检查命令</translation>
    </message>
    <message>
        <source>Stop watching this image</source>
        <translation>不再监视此镜像</translation>
    </message>
    <message>
        <source>Is every promised platform published?</source>
        <translation>承诺的平台都发布了吗？</translation>
    </message>
    <message>
        <source>Name an image and the platforms it promises. Layerline reads its tags from the registry, signed in as docker is, and shows which platform is there under which digest, and loudly which one is missing.</source>
        <translation>填写镜像名称和它承诺的平台。Layerline 以 docker 的登录身份从仓库读取标签，显示每个平台对应的摘要，并醒目地指出缺了哪个。</translation>
    </message>
    <message>
        <source>A tag can be moved back to an earlier digest without building anything again. From a script, the same check is layerline gate IMAGE --platform linux/amd64 --platform linux/arm64.</source>
        <translation>无需重新构建即可把标签移回较早的摘要。在脚本中，同样的检查是 layerline gate IMAGE --platform linux/amd64 --platform linux/arm64。</translation>
    </message>
    <message>
        <source>Add an image…</source>
        <translation>添加镜像…</translation>
    </message>
    <message>
        <source>Nothing is promised: say which platforms it should have.</source>
        <translation>尚未承诺任何平台：请说明它应包含哪些平台。</translation>
    </message>
    <message>
        <source>Asking the registry…</source>
        <translation>正在询问仓库…</translation>
    </message>
    <message>
        <source>Expected, because other tags have them: %1</source>
        <translation>预期有，因为其他标签有：%1</translation>
    </message>
    <message>
        <source>Promised: %1</source>
        <translation>已承诺：%1</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Read just now</source>
        <translation>刚刚读取</translation>
    </message>
    <message>
        <source>Read %1 ago</source>
        <translation>%1前读取</translation>
    </message>
    <message>
        <source>The registry can&apos;t be read: %1</source>
        <translation>无法读取仓库：%1</translation>
    </message>
    <message>
        <source>%1, compared with %2</source>
        <translation>%1，与 %2 比较</translation>
    </message>
    <message>
        <source>Promised by %2: %1</source>
        <translation>由 %2 承诺：%1</translation>
    </message>
    <message>
        <source>What is promised can&apos;t be read: %1</source>
        <translation>无法读取承诺的内容：%1</translation>
    </message>
    <message>
        <source>Show an example</source>
        <translation>查看示例</translation>
    </message>
</context>
<context>
    <name>layerline::ReleasesTable</name>
    <message>
        <source>Tags and platforms</source>
        <translation>标签与平台</translation>
    </message>
    <message>
        <source>Move this tag…</source>
        <translation>移动此标签…</translation>
    </message>
    <message>
        <source>Copy the digest</source>
        <translation>复制摘要</translation>
    </message>
    <message>
        <source>promised</source>
        <translation>已承诺</translation>
    </message>
    <message>
        <source>can&apos;t be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>single manifest</source>
        <translation>单个清单</translation>
    </message>
    <message>
        <source>attested</source>
        <translation>有证明</translation>
    </message>
    <message>
        <source>signed</source>
        <translation>已签名</translation>
    </message>
</context>
<context>
    <name>layerline::ReplayBar</name>
    <message>
        <source>Recording</source>
        <translation>录制</translation>
    </message>
    <message>
        <source>Position in the recording</source>
        <translation>录制中的位置</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Pause (Space)</source>
        <translation>暂停（空格）</translation>
    </message>
    <message>
        <source>Play (Space)</source>
        <translation>播放（空格）</translation>
    </message>
</context>
<context>
    <name>layerline::RepositoryDialog</name>
    <message>
        <source>Watch it</source>
        <translation>监视它</translation>
    </message>
    <message>
        <source>Watch a repository</source>
        <translation>监视仓库</translation>
    </message>
    <message>
        <source>Name it as owner/name, paste its address, or choose a folder that was cloned from GitHub.</source>
        <translation>填写 owner/name、粘贴地址，或选择从 GitHub 克隆的文件夹。</translation>
    </message>
    <message>
        <source>owner/name</source>
        <translation>例如 owner/name</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>A folder cloned from GitHub</source>
        <translation>从 GitHub 克隆的文件夹</translation>
    </message>
</context>
<context>
    <name>layerline::RetryQuestion</name>
    <message>
        <source>Try %1 again</source>
        <translation>再试一次 %1</translation>
    </message>
    <message>
        <source>Only this platform is built again; what the others pushed is kept and merged with it.</source>
        <translation>仅重新构建此平台；其他平台已推送的内容会保留并与它合并。</translation>
    </message>
</context>
<context>
    <name>layerline::RunNotices</name>
    <message>
        <source>%1 has waited %2 for a runner labelled %3; it usually waits %4.</source>
        <translation>%1 等待标签为 %3 的运行器已有 %2；通常等待 %4。</translation>
    </message>
    <message>
        <source>%1 has waited %2 for a runner labelled %3.</source>
        <translation>%1 等待标签为 %3 的运行器已有 %2。</translation>
    </message>
    <message>
        <source>GitHub gives out a job&apos;s log only when the job has ended. Until then its page shows it.</source>
        <translation>作业结束后 GitHub 才提供日志。在此之前可在其页面查看。</translation>
    </message>
    <message>
        <source>%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up.</source>
        <translation>%1 要求标签为 %2 的运行器。没有这样的运行器：它会一直等到 GitHub 放弃。</translation>
    </message>
    <message>
        <source>%1 asks for a runner labelled %2. There is no such runner: it will wait until GitHub gives up. Did you mean %3?</source>
        <translation>%1 要求标签为 %2 的运行器。没有这样的运行器：它会一直等到 GitHub 放弃。是否想用 %3?</translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2, but no runner of this repository has that label.</source>
        <translation>%1 等待标签为 %2 的运行器，但此仓库没有带该标签的运行器。</translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2. Those runners are offline: start one.</source>
        <translation>%1 等待标签为 %2 的运行器。这些运行器都已离线：请启动一个。</translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2. All of them are busy.</source>
        <translation>%1 等待标签为 %2 的运行器。它们都在忙。</translation>
    </message>
    <message>
        <source>These steps were read from the log: what depends on what is unknown.</source>
        <translation>这些步骤读自日志：依赖关系未知。</translation>
    </message>
    <message>
        <source>Several architectures write the cache scope %1: the last one to finish wins, and the others find nothing.</source>
        <translation>多个架构写入同一缓存作用域 %1：最后完成的覆盖其他的，其他架构什么也找不到。</translation>
    </message>
    <message>
        <source>GitHub refused: %1</source>
        <translation>GitHub 拒绝了：%1</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Built with QEMU, %1 would not have to wait: it would run on the amd64 runner, only slower.</source>
        <translation>用 QEMU 构建时，%1 不必等待：它会在 amd64 运行器上运行，只是更慢。</translation>
    </message>
    <message>
        <source>%1 will never start with the label %2. Until that is mended, QEMU can build it.</source>
        <translation>%1 使用标签 %2 将永远不会启动。修正之前，可以用 QEMU 构建它。</translation>
    </message>
    <message>
        <source>No runner can take %1 now. Meanwhile QEMU can build it.</source>
        <translation>现在没有运行器能接手 %1。在此期间可以用 QEMU 构建它。</translation>
    </message>
    <message numerus="yes">
        <source>%1 alone failed in the last %n run(s). Built with QEMU it may get through.</source>
        <translation>
            <numerusform>最近 %n 次运行中只有 %1 失败。用 QEMU 构建也许能通过。</numerusform>
        </translation>
    </message>
    <message>
        <source>Roll back to QEMU…</source>
        <translation>回滚到 QEMU…</translation>
    </message>
    <message>
        <source>Which runners there are is not known: the token may not list them.</source>
        <translation>有哪些运行器不得而知：令牌可能无权列出它们。</translation>
    </message>
    <message>
        <source>The plan (%1) may be the reason: it lets %2 jobs run at once, and %3 are known to run in the watched repositories.</source>
        <translation>套餐（%1）可能是原因：它允许同时运行 %2 个作业，已知所关注的仓库中有 %3 个正在运行。</translation>
    </message>
    <message>
        <source>%1 waits for a runner labelled %2. No runner of this repository has that label; those of its organisation are not known.</source>
        <translation>%1 在等待标签为 %2 的运行器。该仓库没有带此标签的运行器；其组织的运行器不得而知。</translation>
    </message>
    <message>
        <source>%1 asks for a runner labelled %2. GitHub offers none, and not all runners of the owner are known: if there is none either, it will wait until GitHub gives up.</source>
        <translation>%1 要求标签为 %2 的运行器。GitHub 不提供，而所有者的运行器并非全部已知：如果那里也没有，它会一直等到 GitHub 放弃。</translation>
    </message>
    <message>
        <source>%1 waits because %2 jobs run already: the plan (%3) allows %4 at once.</source>
        <translation>%1 在等待，因为已有 %2 个作业在运行：套餐（%3）允许同时运行 %4 个。</translation>
    </message>
    <message>
        <source>%1 may wait because %2 jobs of its owner run: the smallest plan allows %3 at once, and which plan it is GitHub does not tell this token.</source>
        <translation>%1 可能在等待，因为其所有者有 %2 个作业在运行：最小的套餐允许同时运行 %3 个，而究竟是哪种套餐，GitHub 不告诉这个令牌。</translation>
    </message>
    <message>
        <source>Those of the organisation are not known.</source>
        <translation>组织的运行器不得而知。</translation>
    </message>
    <message>
        <source>This is attempt %1 of %2.</source>
        <translation>这是第 %1 次尝试，共 %2 次。</translation>
    </message>
    <message>
        <source>The log of %1 could not be fetched: %2</source>
        <translation>无法获取 %1 的日志：%2</translation>
    </message>
    <message>
        <source>Whether there are build records could not be found out, so the steps are those of the logs: %1</source>
        <translation>无法查明是否有构建记录，因此步骤来自日志：%1</translation>
    </message>
    <message>
        <source>A build record of %1 could not be read, so its steps are those of the log: %2</source>
        <translation>无法读取 %1 的一条构建记录，因此其步骤来自日志：%2</translation>
    </message>
    <message>
        <source>GitHub no longer has the build record of %1: its steps are those of the log.</source>
        <translation>GitHub 已不再保存 %1 的构建记录：其步骤来自日志。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
</context>
<context>
    <name>layerline::SecretFields</name>
    <message>
        <source>handed over to this build, kept nowhere</source>
        <translation>只交给此次构建，不保存在任何地方</translation>
    </message>
    <message>
        <source>the running ssh agent</source>
        <translation>正在运行的 ssh agent</translation>
    </message>
    <message>
        <source>name of an environment variable</source>
        <translation>环境变量的名称</translation>
    </message>
    <message>
        <source>path of a file</source>
        <translation>文件的路径</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>agent</translation>
    </message>
    <message>
        <source>key file</source>
        <translation>密钥文件</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>do without</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Where %1 comes from</source>
        <translation>%1 的来源</translation>
    </message>
    <message>
        <source>SSH key %1</source>
        <translation>SSH 密钥 %1</translation>
    </message>
    <message>
        <source>Secret %1</source>
        <translation>机密 %1</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsAccount</name>
    <message>
        <source>GitHub account</source>
        <translation>GitHub 账户</translation>
    </message>
    <message>
        <source>Whose token asks GitHub, and what it may do. Used for Pipelines and for what Layerline does on GitHub.</source>
        <translation>用谁的令牌访问 GitHub，以及它能做什么。用于流水线以及 Layerline 在 GitHub 上的操作。</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Back to the earlier token</source>
        <translation>恢复之前的令牌</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再次检查</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Client id</source>
        <translation>客户端 id</translation>
    </message>
    <message>
        <source>Set by GITHUB_API_URL: %1</source>
        <translation>由 GITHUB_API_URL 设定：%1</translation>
    </message>
    <message>
        <source>Server: github.com, or the name or the API&apos;s address of a GitHub Enterprise server. Each has a token of its own in the keyring.</source>
        <translation>服务器：github.com，或 GitHub Enterprise 服务器的名称或 API 地址。每个服务器在密钥环中各有令牌。</translation>
    </message>
    <message>
        <source>Client id: of an OAuth or GitHub App with device flow. With one you can sign in by typing a code on GitHub&apos;s page instead of pasting a token.</source>
        <translation>客户端 id：支持设备流的 OAuth 应用或 GitHub App 的 id。有了它，就可以在 GitHub 的页面上输入代码登录，而不必粘贴令牌。</translation>
    </message>
    <message>
        <source>Change the token…</source>
        <translation>更换令牌…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>What the token may do is looked up when a repository is watched.</source>
        <translation>观察仓库时会查明令牌能做什么。</translation>
    </message>
    <message>
        <source>Looking up what the token may do…</source>
        <translation>正在查明令牌能做什么…</translation>
    </message>
    <message>
        <source>What the token may do could not be looked up: %1</source>
        <translation>无法查明令牌能做什么：%1</translation>
    </message>
    <message>
        <source>The token may do everything Layerline can.</source>
        <translation>此令牌能做 Layerline 的所有操作。</translation>
    </message>
    <message>
        <source>What does not work with this token:</source>
        <translation>此令牌不能做的：</translation>
    </message>
    <message>
        <source>A classic token with the scopes %1.</source>
        <translation>具有 %1 范围的经典令牌。</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsAddresses</name>
    <message>
        <source>Builder addresses</source>
        <translation>构建器地址</translation>
    </message>
    <message>
        <source>Builders of buildx and Docker are found by themselves. Add the address of a BuildKit daemon that they do not know; it is watched, never started or changed.</source>
        <translation>buildx 和 Docker 的构建器会自动找到。在此添加它们不知道的 BuildKit 守护进程地址；只监视，从不启动或更改。</translation>
    </message>
    <message>
        <source>Add an address…</source>
        <translation>添加地址…</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsAppearance</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Language and colours of the window.</source>
        <translation>窗口的语言和颜色。</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>The language changes when Layerline is started again.</source>
        <translation>语言在下次启动 Layerline 时更改。</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsHistory</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Finished builds with their logs, kept after the builder has forgotten them.</source>
        <translation>已结束的构建及其日志，构建器忘记后仍然保留。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Builds, at most</source>
        <translation>构建数上限</translation>
    </message>
    <message>
        <source>Days, at most</source>
        <translation>天数上限</translation>
    </message>
    <message>
        <source>Size, at most</source>
        <translation>大小上限</translation>
    </message>
    <message>
        <source>Another folder is used when Layerline is started again. What is in the present one stays there.</source>
        <translation>更换文件夹在下次启动 Layerline 时生效。当前文件夹中的内容保留在原处。</translation>
    </message>
    <message>
        <source>The oldest builds beyond a limit are deleted; pinned ones stay.</source>
        <translation>超出上限的最旧构建会被删除；固定的保留。</translation>
    </message>
    <message numerus="yes">
        <source>Kept now: %n build(s), %1.</source>
        <translation>
            <numerusform>当前保留：%n 次构建，%1。</numerusform>
        </translation>
    </message>
    <message>
        <source>The folder wants a path from the root, like %1.</source>
        <translation>文件夹须为从根目录开始的路径，例如 %1。</translation>
    </message>
    <message>
        <source>Folder of the history</source>
        <translation>历史文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n build(s)</source>
        <translation>
            <numerusform>%n 次构建</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep no more than %1?</source>
        <translation>只保留 %1？</translation>
    </message>
    <message>
        <source>The oldest builds beyond that are deleted now, with their logs. This can&apos;t be undone. Pinned builds stay.</source>
        <translation>超出的最旧构建及其日志将立即删除，无法撤销。固定的构建保留。</translation>
    </message>
    <message>
        <source>Delete what is beyond</source>
        <translation>删除超出部分</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsList</name>
    <message>
        <source>None added.</source>
        <translation>尚未添加。</translation>
    </message>
    <message>
        <source>Stop watching %1</source>
        <translation>不再查看 %1</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsLogs</name>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Guards against output that never ends. What lies beyond a limit is not kept, and the log says so.</source>
        <translation>防止输出无止境。超出上限的内容不保留，日志中会注明。</translation>
    </message>
    <message>
        <source>Log of one step, at most</source>
        <translation>单个步骤的日志上限</translation>
    </message>
    <message>
        <source>File to open, at most</source>
        <translation>打开文件的大小上限</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsNotifications</name>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>What the desktop tells you while you look elsewhere. A click leads to the step that failed, or to the job that waits.</source>
        <translation>当你看向别处时，桌面会告诉你的事。点击即可跳转到失败的步骤或等待的作业。</translation>
    </message>
    <message>
        <source>A build or a run failed</source>
        <translation>构建或运行失败</translation>
    </message>
    <message>
        <source>A build or a run ended well, after 10 seconds or more</source>
        <translation>构建或运行在 10 秒或更久之后成功结束</translation>
    </message>
    <message>
        <source>A job waits for a runner longer than</source>
        <translation>作业等待运行器的时间超过</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source>Minutes a job may wait for a runner</source>
        <translation>作业可以等待运行器的分钟数</translation>
    </message>
    <message>
        <source>Of runs, only those I started</source>
        <translation>对于运行，只通知由我启动的</translation>
    </message>
    <message>
        <source>GitHub tells who started a run. BuildKit does not tell who started a build.</source>
        <translation>GitHub 会说明运行由谁启动。BuildKit 不会说明构建由谁启动。</translation>
    </message>
    <message>
        <source>Also while Layerline&apos;s window is the active one</source>
        <translation>Layerline 的窗口处于活动状态时也通知</translation>
    </message>
    <message>
        <source>Builders</source>
        <translation>构建器</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>仓库</translation>
    </message>
    <message>
        <source>Show one</source>
        <translation>显示一条</translation>
    </message>
    <message>
        <source>No notification service answers on this desktop: nothing can be shown.</source>
        <translation>此桌面没有通知服务响应：无法显示任何通知。</translation>
    </message>
    <message>
        <source>Shown by %1.</source>
        <translation>由 %1 显示。</translation>
    </message>
    <message>
        <source>From then on the Pipelines page offers the way back to QEMU, too, whether or not the desktop tells you.</source>
        <translation>此后，“流水线”页面也会提供回退到 QEMU 的办法，无论桌面是否通知你。</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>layerline::SettingsRepositories</name>
    <message>
        <source>Watched repositories</source>
        <translation>观察的仓库</translation>
    </message>
    <message>
        <source>Their runs are on the Pipelines page. Looking costs next to nothing of the requests GitHub grants: what has not changed is free.</source>
        <translation>它们的运行显示在“流水线”页面。观察几乎不消耗 GitHub 给予的请求：没有变化的部分是免费的。</translation>
    </message>
    <message>
        <source>Add a repository…</source>
        <translation>添加仓库…</translation>
    </message>
    <message>
        <source>not watched: no token</source>
        <translation>未观察：没有令牌</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) under way</source>
        <translation>
            <numerusform>%n 个运行正在进行</numerusform>
        </translation>
    </message>
    <message>
        <source>watched</source>
        <translation>观察中</translation>
    </message>
</context>
<context>
    <name>layerline::SignInDialog</name>
    <message>
        <source>Use this token</source>
        <translation>使用此令牌</translation>
    </message>
    <message>
        <source>Sign in with a code…</source>
        <translation>用代码登录…</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Forget the token</source>
        <translation>忘记令牌</translation>
    </message>
    <message>
        <source>GitHub account</source>
        <translation>GitHub 账户</translation>
    </message>
    <message>
        <source>Classic or fine-grained token</source>
        <translation>经典或细粒度令牌</translation>
    </message>
    <message>
        <source>Watching needs read access to Actions. Running again, cancelling and starting need write access to Actions; a rollback needs write access to Contents, Workflows and Pull requests. The token is kept in the system&apos;s keyring, or only in memory when there is none.</source>
        <translation>监视需要 Actions 的读取权限。重新运行、取消和启动需要 Actions 的写入权限；回滚需要 Contents、Workflows 和 Pull requests 的写入权限。令牌保存在系统密钥环中，没有密钥环时只留在内存里。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Type this code on GitHub&apos;s page. This window notices by itself when you have.</source>
        <translation>请在 GitHub 页面输入此代码。输入后本窗口会自动察觉。</translation>
    </message>
    <message>
        <source>Set by GITHUB_API_URL</source>
        <translation>由 GITHUB_API_URL 设定</translation>
    </message>
    <message>
        <source>github.com, or the name or the API&apos;s address of your GitHub Enterprise server</source>
        <translation>github.com，或你的 GitHub Enterprise 服务器的名称或 API 地址</translation>
    </message>
</context>
<context>
    <name>layerline::StepInspector</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1, native</source>
        <translation>%1，原生</translation>
    </message>
    <message>
        <source>%1, emulated by QEMU (inferred: not the node&apos;s own architecture)</source>
        <translation>%1，由 QEMU 模拟（推断：并非节点自身的架构）</translation>
    </message>
    <message>
        <source>%1, cross-building for %2</source>
        <translation>%1，为 %2 交叉构建</translation>
    </message>
    <message>
        <source>: another running build had begun it, this one shares the result</source>
        <translation>：另一个正在运行的构建已先开始，此处共享其结果</translation>
    </message>
    <message>
        <source>: a step it builds upon ran, so its cached result no longer fits</source>
        <translation>：它所依赖的步骤重新运行，缓存结果不再适用</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>耗时</translation>
    </message>
    <message>
        <source>Needed by</source>
        <translation>用于平台</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>运行于</translation>
    </message>
    <message>
        <source>Elsewhere</source>
        <translation>其他平台</translation>
    </message>
    <message>
        <source>In stages</source>
        <translation>所在阶段</translation>
    </message>
    <message>
        <source>Critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>yes: the build waited for this step</source>
        <translation>是：构建在等待此步骤</translation>
    </message>
    <message>
        <source>Builds on</source>
        <translation>依赖于</translation>
    </message>
    <message>
        <source>Feeds</source>
        <translation>供给</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>传输</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>源文件</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>Resources</source>
        <translation>资源</translation>
    </message>
    <message>
        <source>CPU %1 · memory peak %2 · wrote %3</source>
        <translation>CPU %1 · 内存峰值 %2 · 写入 %3</translation>
    </message>
    <message>
        <source>Select a step to see why it took its time, what it waited for and what waits for it.</source>
        <translation>选择一个步骤，查看它为何耗时、等待什么、以及什么在等待它。</translation>
    </message>
    <message>
        <source>Selected step</source>
        <translation>所选步骤</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预计</translation>
    </message>
    <message>
        <source>Usually</source>
        <translation>通常</translation>
    </message>
    <message>
        <source>has not run yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>did not run</source>
        <translation>没有运行</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineFooter</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>whole build</source>
        <translation>整个构建</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineHoverCard</name>
    <message>
        <source>needed by %1</source>
        <translation>用于 %1</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>emulated on node %1</source>
        <translation>在节点 %1 上模拟</translation>
    </message>
    <message>
        <source>runs on %1</source>
        <translation>运行于 %1</translation>
    </message>
    <message>
        <source>on node %1</source>
        <translation>在节点 %1 上</translation>
    </message>
    <message>
        <source>on the critical path</source>
        <translation>位于关键路径</translation>
    </message>
    <message>
        <source>has not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; so far</source>
        <translation>已用 &lt;b&gt;%1&lt;/b&gt;</translation>
    </message>
    <message>
        <source>%1 had it cached</source>
        <translation>%1 命中缓存</translation>
    </message>
    <message>
        <source>%1 took %2 (&lt;b&gt;%3&lt;/b&gt;)</source>
        <translation>%1 用时 %2（&lt;b&gt;%3&lt;/b&gt;）</translation>
    </message>
    <message>
        <source>%1 took %2</source>
        <translation>%1 用时 %2</translation>
    </message>
    <message>
        <source>last output %1 ago</source>
        <translation>上次输出在 %1 前</translation>
    </message>
    <message>
        <source>started at %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>%1 of %2 transferred (%3 %)</source>
        <translation>已传输 %1 / %2（%3%）</translation>
    </message>
    <message>
        <source>%1 transferred</source>
        <translation>已传输 %1</translation>
    </message>
    <message>
        <source>CPU %1</source>
        <translation>CPU %1</translation>
    </message>
    <message>
        <source>%1 peak</source>
        <translation>峰值 %1</translation>
    </message>
    <message>
        <source>%1 downloaded</source>
        <translation>已下载 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n input(s)</source>
        <translation>
            <numerusform>%n 个输入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) need it</source>
        <translation>
            <numerusform>%n 个步骤依赖它</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) shown as one</source>
        <translation>
            <numerusform>%n 个步骤显示为一个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Double click or G shows them one by one.</source>
        <translation>双击或按 G 可逐个显示。</translation>
    </message>
    <message>
        <source>expected %1</source>
        <translation>预计 %1</translation>
    </message>
    <message>
        <source>usually %1</source>
        <translation>通常 %1</translation>
    </message>
    <message>
        <source>slower than usual</source>
        <translation>比平时慢</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineRuler</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom out (-)</source>
        <translation>缩小（-）</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>放大（+）</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应</translation>
    </message>
    <message>
        <source>Show the whole build (0)</source>
        <translation>显示整个构建（0）</translation>
    </message>
    <message>
        <source>Time of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Show the time of day instead of the time since the start (T)</source>
        <translation>显示时刻而非开始后的时间（T）</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 m %2</source>
        <translation>%1 分 %2</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>%1 h %2</source>
        <translation>%1 时 %2</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
</context>
<context>
    <name>layerline::TimelineView</name>
    <message>
        <source>emulated</source>
        <translation>模拟</translation>
    </message>
    <message>
        <source>critical path</source>
        <translation>关键路径</translation>
    </message>
    <message>
        <source>%1 % cached</source>
        <translation>%1% 来自缓存</translation>
    </message>
    <message>
        <source>did not start</source>
        <translation>未开始</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>failed after %1</source>
        <translation>%1 后失败</translation>
    </message>
    <message>
        <source>cancelled after %1</source>
        <translation>%1 后取消</translation>
    </message>
    <message>
        <source>done %1</source>
        <translation>完成，%1</translation>
    </message>
    <message>
        <source>waits for %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>output, up to %1 lines/s</source>
        <translation>输出，最高 %1 行/秒</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>native</source>
        <translation>原生</translation>
    </message>
    <message>
        <source>QEMU %1</source>
        <translation>QEMU %1</translation>
    </message>
    <message>
        <source>QEMU</source>
        <translation>QEMU</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>交叉</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>%1 · %2 %</source>
        <translation>%1 · %2%</translation>
    </message>
    <message>
        <source>waited %1</source>
        <translation>等待 %1</translation>
    </message>
    <message>
        <source>idle %1</source>
        <translation>空闲 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) more</source>
        <translation>
            <numerusform>另有 %n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>No step has been announced yet</source>
        <translation>尚未收到任何步骤</translation>
    </message>
    <message>
        <source>No build selected</source>
        <translation>未选择构建</translation>
    </message>
    <message>
        <source>Lanes appear as soon as the builder starts its first step.</source>
        <translation>构建器开始第一个步骤后，泳道就会出现。</translation>
    </message>
    <message>
        <source>Choose one in the list: its platforms appear here, a lane each.</source>
        <translation>在列表中选择一个构建：它的每个平台都会在此显示为一条泳道。</translation>
    </message>
    <message>
        <source>steps at once, up to %1</source>
        <translation>同时运行的步骤，最多 %1</translation>
    </message>
    <message>
        <source>%1 · exit code %2</source>
        <translation>%1 · 退出码 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n step(s)</source>
        <translation>
            <numerusform>%1，%n 个步骤</numerusform>
        </translation>
    </message>
    <message>
        <source>CPU, up to %1 cores</source>
        <translation>CPU，最多 %1 核</translation>
    </message>
    <message>
        <source>transfers, up to %1/s</source>
        <translation>传输，最高 %1/s</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>lost after %1</source>
        <translation>%1 后失去联系</translation>
    </message>
</context>
<context>
    <name>layerline::WarmForm</name>
    <message>
        <source>The project&apos;s folder</source>
        <translation>项目的文件夹</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <comment>the file&apos;s usual name</comment>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>the builder&apos;s own; or linux/amd64,linux/arm64</source>
        <translation>以构建器自身为准；或 linux/amd64,linux/arm64</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Dockerfile</source>
        <translation>Dockerfile</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>平台</translation>
    </message>
</context>
<context>
    <name>layerline::WatchedImagesModel</name>
    <message>
        <source>Asking the registry…</source>
        <translation>正在询问仓库…</translation>
    </message>
    <message>
        <source>No tags</source>
        <translation>没有标签</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s), nothing missing</source>
        <translation>
            <numerusform>%n 个标签，无缺失</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is missing in %n tag(s)</source>
        <translation>
            <numerusform>%1 在 %n 个标签中缺失</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is not what was built in %n tag(s)</source>
        <translation>
            <numerusform>%1 在 %n 个标签中不是所构建的结果</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>layerline::Words</name>
    <message>
        <source>%1 m %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 m</source>
        <translation>%1 时 %2 分</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>&lt;%1 s</source>
        <translation>&lt;%1 秒</translation>
    </message>
    <message>
        <source>pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>cached</source>
        <translation>已缓存</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>joined</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>rebuilt</source>
        <translation>重新构建</translation>
    </message>
    <message>
        <source>invalidated</source>
        <translation>失效</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>%1 m</source>
        <translation>%1 分</translation>
    </message>
    <message>
        <source>a few seconds</source>
        <translation>几秒</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>≈ %1</translation>
    </message>
    <message>
        <source>%1–%2 s</source>
        <translation>%1–%2 秒</translation>
    </message>
    <message>
        <source>%1–%2 m</source>
        <translation>%1–%2 分</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, from the other architecture</source>
        <translation>%1，依据另一架构</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n time(s))</source>
        <translation>
            <numerusform>%1（%n 次）</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>layerline::WorkflowChange</name>
    <message>
        <source>GitHub can&apos;t be reached: %1</source>
        <translation>无法访问 GitHub：%1</translation>
    </message>
    <message>
        <source>There is no workflow to change in %1 (%2).</source>
        <translation>%1（%2）中没有可更改的工作流。</translation>
    </message>
    <message>
        <source>Put the old bytes of %1 back</source>
        <translation>恢复 %1 原来的字节</translation>
    </message>
    <message>
        <source>Write %1</source>
        <translation>写入 %1</translation>
    </message>
    <message>
        <source>It was merged: %1 has the new version. Changing it back is a change of its own.</source>
        <translation>已合并：%1 已是新版本。改回来需要另一次更改。</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>#%1 %2, %3 on %4</source>
        <translation>#%1 %2，%4 上的 %3</translation>
    </message>
    <message>
        <source>Nothing was written: %1.</source>
        <translation>未写入任何内容：%1。</translation>
    </message>
</context>
<context>
    <name>layerline::WorkflowDialog</name>
    <message>
        <source>Change something else</source>
        <translation>更改其他内容</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Change a workflow of %1</source>
        <translation>更改 %1 的工作流</translation>
    </message>
    <message>
        <source>Reading the workflows…</source>
        <translation>正在读取工作流…</translation>
    </message>
    <message>
        <source>Working out what changes…</source>
        <translation>正在计算改动…</translation>
    </message>
    <message>
        <source>There is no way to do that here.</source>
        <translation>这里没有办法做到。</translation>
    </message>
    <message>
        <source>Start the workflow</source>
        <translation>启动工作流</translation>
    </message>
    <message>
        <source>Open pull request and try it</source>
        <translation>打开拉取请求并试运行</translation>
    </message>
    <message>
        <source>Open pull request</source>
        <translation>打开拉取请求</translation>
    </message>
    <message>
        <source>Commit</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>Commit to %1</source>
        <translation>提交到 %1</translation>
    </message>
    <message>
        <source>Run trial on branch</source>
        <translation>在分支上试运行</translation>
    </message>
    <message>
        <source>Write new file</source>
        <translation>写入新文件</translation>
    </message>
    <message>
        <source>Write file</source>
        <translation>写入文件</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change it back…</source>
        <translation>改回来…</translation>
    </message>
    <message>
        <source>Go on where it stopped</source>
        <translation>从停止处继续</translation>
    </message>
    <message>
        <source>Nothing is written yet. The old bytes are kept, so that it can be taken back.</source>
        <translation>尚未写入任何内容。原来的字节会保留，以便撤回。</translation>
    </message>
    <message>
        <source>Nothing is changed yet.</source>
        <translation>尚未更改任何内容。</translation>
    </message>
</context>
<context>
    <name>layerline::WorkflowForm</name>
    <message>
        <source>WHERE</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>%1 on GitHub</source>
        <translation>GitHub 上的 %1</translation>
    </message>
    <message>
        <source>Folder %1</source>
        <translation>文件夹 %1</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Branch</source>
        <translation>分支</translation>
    </message>
    <message>
        <source>the default branch</source>
        <translation>默认分支</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流</translation>
    </message>
    <message>
        <source>WHICH WAY</source>
        <translation>方向</translation>
    </message>
    <message>
        <source>Back to QEMU, on one runner</source>
        <translation>回到 QEMU，用一个运行器</translation>
    </message>
    <message>
        <source>Over to native runners</source>
        <translation>改用原生运行器</translation>
    </message>
    <message>
        <source>THE NEW VERSION</source>
        <translation>新版本</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>WRITTEN TO</source>
        <translation>写入到</translation>
    </message>
    <message>
        <source>the same file</source>
        <translation>同一文件</translation>
    </message>
    <message>
        <source>another file beside it</source>
        <translation>旁边的另一文件</translation>
    </message>
    <message>
        <source>OPTIONS</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Runner of the emulated builds</source>
        <translation>模拟构建的运行器</translation>
    </message>
    <message>
        <source>that of the amd64 builds</source>
        <translation>与 amd64 构建相同</translation>
    </message>
    <message>
        <source>A job for each platform still</source>
        <translation>仍为每个平台一个作业</translation>
    </message>
    <message>
        <source>More platforms, by QEMU</source>
        <translation>更多平台（用 QEMU）</translation>
    </message>
    <message>
        <source>Runners of your own</source>
        <translation>你自己的运行器</translation>
    </message>
    <message>
        <source>The cheapest runner of each architecture</source>
        <translation>每个架构最便宜的运行器</translation>
    </message>
    <message>
        <source>Build on a schedule to keep the caches warm</source>
        <translation>按计划构建以保持缓存可用</translation>
    </message>
    <message>
        <source>Five fields of cron, in UTC. Such a build publishes nothing.</source>
        <translation>cron 的五个字段，UTC 时间。这样的构建不发布任何内容。</translation>
    </message>
    <message>
        <source>Can be started by hand</source>
        <translation>可以手动启动</translation>
    </message>
    <message>
        <source>Paths only one architecture needs</source>
        <translation>只有一个架构需要的路径</translation>
    </message>
    <message>
        <source>HOW</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>How</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>With a pull request</source>
        <translation>通过拉取请求</translation>
    </message>
    <message>
        <source>Straight to the branch</source>
        <translation>直接提交到分支</translation>
    </message>
    <message>
        <source>Only try it, on a branch of its own</source>
        <translation>仅在单独的分支上试运行</translation>
    </message>
    <message>
        <source>Also try it on a branch of its own</source>
        <translation>也在单独的分支上试运行</translation>
    </message>
    <message>
        <source>The trial may publish</source>
        <translation>试运行可以发布</translation>
    </message>
    <message>
        <source>Inputs of the run</source>
        <translation>运行的输入</translation>
    </message>
    <message>
        <source>Made from the present one</source>
        <translation>由当前版本生成</translation>
    </message>
    <message>
        <source>The last one with QEMU</source>
        <translation>最后一个使用 QEMU 的版本</translation>
    </message>
    <message>
        <source>The last one with native runners</source>
        <translation>最后一个使用原生运行器的版本</translation>
    </message>
    <message>
        <source>Another workflow that is there</source>
        <translation>另一个已有的工作流</translation>
    </message>
    <message>
        <source>Inputs of docker/github-builder</source>
        <translation>docker/github-builder 的输入</translation>
    </message>
    <message>
        <source>It builds everything and publishes nothing.</source>
        <translation>它会构建全部内容，但不发布任何内容。</translation>
    </message>
</context>
<context>
    <name>layerline::WorkflowPreviewPane</name>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>What stays, what differs</source>
        <translation>哪些不变，哪些不同</translation>
    </message>
    <message>
        <source>What will be done</source>
        <translation>将执行的操作</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>IN THIS ORDER</source>
        <translation>按此顺序</translation>
    </message>
    <message>
        <source>THE SAME ON THE COMMAND LINE</source>
        <translation>命令行中的等效写法</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Difference (+%1 −%2)</source>
        <translation>差异（+%1 −%2）</translation>
    </message>
    <message>
        <source>No file changes: the workflow is there and is only started.</source>
        <translation>没有文件改动：工作流已经存在，只需启动。</translation>
    </message>
    <message>
        <source>Nothing to show.</source>
        <translation>没有可显示的内容。</translation>
    </message>
    <message>
        <source>stays</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>differs</source>
        <translation>不同</translation>
    </message>
</context>
<context>
    <name>layerline::WorkflowProgressPane</name>
    <message>
        <source>to do</source>
        <translation>待办</translation>
    </message>
    <message>
        <source>doing</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>was there already</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Show the run</source>
        <translation>显示运行</translation>
    </message>
    <message>
        <source>The way back</source>
        <translation>恢复的方法</translation>
    </message>
    <message>
        <source>What is done</source>
        <translation>已完成的操作</translation>
    </message>
</context>
</TS>
