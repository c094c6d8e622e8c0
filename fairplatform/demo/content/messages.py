"""Messages people write: inquiries with their answers, meeting requests and a refusal. Each is used in one language."""

from .text import Text, text

INQUIRIES: tuple[Text, ...] = (
    text(
        "Assalam-o-alaikum. What is your price for {goods}, FOB Ningbo, {quantity} {unit}? "
        "Do you provide a certificate of origin under the China–Pakistan FTA?",
        "您好，请报{quantity}{unit}{goods}的宁波离岸价。能否提供中巴自贸协定原产地证书？",
        "السلام علیکم۔ ہمیں یہ مال درکار ہے: {goods}، {quantity} {unit}۔ ایف او بی ننگ بو قیمت کیا ہوگی؟ کیا آپ پاک "
        "چین آزاد تجارتی معاہدے کا سرٹیفکیٹ آف اوریجن دیتے ہیں؟",
    ),
    text(
        "We buy {goods} regularly. Please send your best price for {quantity} {unit} and the delivery time to Karachi.",
        "我司长期采购{goods}，请报{quantity}{unit}的最优价格及至卡拉奇的交期。",
        "ہم {goods} باقاعدگی سے خریدتے ہیں۔ {quantity} {unit} کی بہترین قیمت اور کراچی تک ڈیلیوری کی مدت بتائیے۔",
    ),
    text(
        "Could you pack {goods} under our own brand, with Urdu on the box? We would start with {quantity} {unit}.",
        "{goods}能否贴我方品牌，包装加印乌尔都文？首批订{quantity}{unit}。",
        "کیا آپ {goods} ہمارے برانڈ اور اردو پیکنگ میں دے سکتے ہیں؟ ہم {quantity} {unit} سے شروع کریں گے۔",
    ),
    text(
        "I would like a sample of your {goods} before ordering {quantity} {unit}. Who pays the courier?",
        "订购{quantity}{unit}{goods}前，希望先看样品。快递费由谁承担？",
        "آرڈر سے پہلے سیمپل چاہیے۔ مال: {goods}، متوقع آرڈر: {quantity} {unit}۔ کوریئر کا خرچ کون دے گا؟",
    ),
)

# The answer to each of the inquiries, in their order.
ANSWERS: tuple[Text, ...] = (
    text(
        "Hello, thank you for your enquiry. The price depends on finish and packing, and we provide the certificate "
        "of origin. Could we discuss it in an online meeting?",
        "您好，感谢询盘。价格视规格与包装而定，可提供原产地证书。能否约一场线上洽谈？",
        "وعلیکم السلام، انکوائری کا شکریہ۔ قیمت فنش اور پیکنگ کے حساب سے ہوگی، سرٹیفکیٹ آف اوریجن ہم دیتے ہیں۔ "
        "کیا اس پر آن لائن میٹنگ ہو سکتی ہے؟",
    ),
    text(
        "Hello. For this quantity we ship within {days} days after the deposit. I am sending the price list today.",
        "您好，此数量在收到定金后{days}天内发货，价格表今天发给您。",
        "السلام علیکم۔ پیشگی رقم ملنے کے {days} دن کے اندر اس مقدار کا مال روانہ کر دیں گے۔ قیمتوں کی فہرست آج بھیج "
        "رہے ہیں۔",
    ),
    text(
        "We can supply your own brand from this quantity. Please send the artwork; "
        "you will have a drawing in three days.",
        "此数量可以贴牌。请提供图稿，我们三天内回传确认图。",
        "اس مقدار پر آپ کے اپنے برانڈ میں مال مل سکتا ہے۔ ڈیزائن بھیج دیجیے، تین دن میں ڈرائنگ آپ کو مل جائے گی۔",
    ),
    text(
        "The sample is free, and the courier cost is refunded with your first order. "
        "Which address should we send it to?",
        "样品免费，快递费首单返还。请问寄到哪个地址？",
        "سیمپل مفت ہے اور کوریئر کا خرچ پہلے آرڈر میں واپس کر دیا جائے گا۔ کس پتے پر بھیجیں؟",
    ),
)
# Of these inquiries only the first so many are asked about machines: nobody brands or samples a lathe.
ASKED_OF_MACHINES = 2

# Thanks for an answer about goods, and about a machine.
THANKS: tuple[Text, ...] = (
    text(
        "Thank you. Please also tell us the weight of one carton.",
        "谢谢，请一并告知单箱重量。",
        "شکریہ۔ ایک کارٹن کا وزن بھی بتا دیجیے۔",
    ),
    text(
        "Thank you. Please also send the foundation drawing and the power requirement.",
        "谢谢，请一并提供地基图与装机功率。",
        "شکریہ۔ فاؤنڈیشن کی ڈرائنگ اور درکار بجلی کی تفصیل بھی بھیج دیجیے۔",
    ),
)

REQUEST_BY_BUYER = text(
    "We would like to discuss {goods} with you. Please accept if this time suits you.",
    "希望与您洽谈{goods}，如时间合适请确认。",
    "ہم آپ سے اس مال پر بات کرنا چاہتے ہیں: {goods}۔ وقت مناسب ہو تو قبول کر لیجیے۔",
)
REQUEST_BY_EXHIBITOR = text(
    "We have seen what you are looking for and can offer {goods}. Would this time suit you?",
    "看到您的采购需求，我们可供应{goods}，此时段是否方便洽谈？",
    "آپ کی ضرورت ہم نے دیکھی ہے اور {goods} دے سکتے ہیں۔ کیا یہ وقت آپ کے لیے مناسب رہے گا؟",
)
FRIDAY_DECLINED = text(
    "On Friday we are not available after 18:00 Beijing time. Please suggest another time.",
    "周五北京时间18:00以后我方无法参加，请另选时段。",
    "جمعہ کو چین کے وقت کے مطابق شام 6 بجے کے بعد ہم دستیاب نہیں ہوں گے۔ براہِ کرم کوئی دوسرا وقت تجویز کریں۔",
)
